package dev.ringside.training.learning;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps all that is offered. */
public final class InMemoryCheckpoints implements Checkpoints {
    private final Map<String, byte[]> kept;
    private final String name;

    public InMemoryCheckpoints() {
        this(new HashMap<>(), "");
    }

    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private InMemoryCheckpoints(Map<String, byte[]> kept, String name) {
        this.kept = kept;
        this.name = name;
    }

    /** A fitting that an exception ends in a pass, and goes on from what it had kept. */
    public static <T> T interrupted(Function<RunContext, T> fitting, long seed, int pass) {
        var checkpoints = new InMemoryCheckpoints();
        try {
            T whole = fitting.apply(new RunContext(
                    seed,
                    (epoch, _, _, _) -> {
                        if (epoch == pass) {
                            throw new PowerCut();
                        }
                    },
                    checkpoints));
            throw new AssertionError("came to its end before pass " + pass + ": " + whole);
        } catch (PowerCut _) {
            // what was kept is kept
        }
        int[] first = new int[1];
        T fitted = fitting.apply(
                new RunContext(seed, (epoch, _, _, _) -> first[0] = first[0] == 0 ? epoch : first[0], checkpoints));
        if (first[0] != pass) {
            throw new AssertionError("went on with pass " + first[0] + ", expected " + pass);
        }
        return fitted;
    }

    @Override
    public byte @Nullable [] last() {
        return kept.get(name);
    }

    @Override
    public void offer(Supplier<byte[]> state) {
        keep(state.get());
    }

    @Override
    public void keep(byte[] state) {
        kept.put(name, state);
    }

    @Override
    public Checkpoints within(String place) {
        return new InMemoryCheckpoints(kept, name + "." + place);
    }
}
