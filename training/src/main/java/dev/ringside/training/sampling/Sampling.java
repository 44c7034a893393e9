package dev.ringside.training.sampling;

/**
 * What a document asks to be done to the training rows before a learner sees them.
 *
 * @param sampler how the rarer class comes to weigh more
 * @param bags how many samples are drawn, a model fitted to each, and their scores averaged
 */
public record Sampling(Sampler sampler, int bags) {
    /** Nothing. */
    public static final Sampling NONE = new Sampling(new AsItIs(), 1);

    /** Checks that there is a sample. */
    public Sampling {
        if (bags < 1) {
            throw new IllegalArgumentException("expected 1 bag or more, found " + bags);
        }
    }

    /** Whether a learner sees the rows as they are. */
    public boolean none() {
        return sampler instanceof AsItIs;
    }
}
