package dev.ringside.training.distributed;

import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.network.Ranks;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that all ranks go on from, and rank 0 keeps.
 *
 * @param own rank 0's; of the others they are not looked at
 * @param ranks the processes
 */
record SharedCheckpoints(Checkpoints own, Ranks ranks) implements Checkpoints {
    @Override
    public byte @Nullable [] last() {
        byte[] kept = ranks.own() == 0 ? own.last() : null;
        byte[] shared = ranks.bytes(kept, 0);
        return shared.length == 0 ? null : shared;
    }

    /** Rank 0 knows when it is time; then all say how far they are, as each may know a part of it. */
    @Override
    public void offer(Supplier<byte[]> state) {
        if (ranks.own() > 0) {
            if (ranks.agree(new double[1])[0] == 1) {
                byte[] _ = state.get();
            }
            return;
        }
        boolean[] asked = new boolean[1];
        own.offer(() -> {
            asked[0] = true;
            ranks.agree(new double[] {1});
            return state.get();
        });
        if (!asked[0]) {
            ranks.agree(new double[] {0});
        }
    }

    @Override
    public void keep(byte[] state) {
        if (ranks.own() == 0) {
            own.keep(state);
        }
    }

    @Override
    public Checkpoints within(String place) {
        return new SharedCheckpoints(own.within(place), ranks);
    }
}
