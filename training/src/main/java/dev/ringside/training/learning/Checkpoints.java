package dev.ringside.training.learning;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a fitting keeps how far it is. One that finds something there goes on from it, and comes to the same model as if
 * it had never been ended; one that was done finds its end.
 */
public interface Checkpoints {
    /** What was kept last; null where nothing was. */
    byte @Nullable [] last();

    /** Offers how far the fitting is; it is asked for and kept where the last time is long enough ago. */
    void offer(Supplier<byte[]> state);

    /** Keeps how far the fitting is, in place of what was kept before. */
    void keep(byte[] state);

    /** The place of one of several fittings, such as {@code member-1}. */
    Checkpoints within(String place);

    /** Nothing is kept. */
    static Checkpoints none() {
        return new Checkpoints() {
            @Override
            public byte @Nullable [] last() {
                return null;
            }

            @Override
            public void offer(Supplier<byte[]> state) {}

            @Override
            public void keep(byte[] state) {}

            @Override
            public Checkpoints within(String place) {
                return this;
            }
        };
    }
}
