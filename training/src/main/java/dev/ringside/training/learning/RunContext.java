package dev.ringside.training.learning;

import dev.ringside.training.split.Shuffle;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a fitting.
 *
 * @param seed where all its randomness comes from
 * @param epochs told of each pass over the training rows
 * @param checkpoints where it keeps how far it is
 * @param stop what tells it which pass is the best; null for its own loss of the validation rows
 * @param passes told how many passes were best, or tells how many to take
 */
public record RunContext(
        long seed,
        EpochListener epochs,
        Checkpoints checkpoints,
        @Nullable StopRule stop,
        Passes passes) {
    /** Surroundings in which nothing is kept. */
    public RunContext(long seed, EpochListener epochs) {
        this(seed, epochs, Checkpoints.none());
    }

    /** Surroundings in which the learner's own loss tells when to stop. */
    public RunContext(long seed, EpochListener epochs, Checkpoints checkpoints) {
        this(seed, epochs, checkpoints, null, new Passes());
    }

    /**
     * The same surroundings with a seed for one of several fittings, a fold or a member of an ensemble: it depends on this
     * seed, the purpose and the number alone, so that nothing has to be remembered of a generator.
     */
    public RunContext derived(String purpose, int number) {
        long mixed = seed;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed ^ purpose.charAt(i));
        }
        String place = purpose + "-" + number;
        return new RunContext(
                mix(mixed + number) >>> 1, epochs.within(place), checkpoints.within(place), stop, passes.within(place));
    }

    /** The same with passes of their own. */
    public RunContext with(Passes others) {
        return new RunContext(seed, epochs, checkpoints, stop, others);
    }

    /** The same with another place for checkpoints. */
    public RunContext at(String place) {
        return new RunContext(seed, epochs.within(place), checkpoints.within(place), stop, passes);
    }

    /** The next value of SplitMix64 (Steele et al. 2014). */
    private static long mix(long value) {
        return Shuffle.mix(value + 0x9e3779b97f4a7c15L);
    }
}
