package dev.ringside.training.sampling;

import org.jspecify.annotations.Nullable;

/**
 * What a document asks to be done to the training rows before a learner sees them.
 *
 * @param sampler how the rarer class comes to weigh more
 * @param bags how many samples are drawn, a model fitted to each, and their scores averaged
 * @param selfTraining when a row without a label is believed to be of the rarer class; null where every row has one
 */
public record Sampling(Sampler sampler, int bags, SelfTraining.@Nullable Settings selfTraining) {
    /** Nothing. */
    public static final Sampling NONE = new Sampling(new AsItIs(), 1);

    /** Of rows that all have a label. */
    public Sampling(Sampler sampler, int bags) {
        this(sampler, bags, null);
    }

    /** Checks that there is a sample. */
    public Sampling {
        if (bags < 1) {
            throw new IllegalArgumentException("expected 1 bag or more, found " + bags);
        }
    }

    /** Whether a learner sees the rows as they are. */
    public boolean none() {
        return sampler instanceof AsItIs && selfTraining == null;
    }
}
