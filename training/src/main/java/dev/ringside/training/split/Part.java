package dev.ringside.training.split;

/** What a row is for. */
public enum Part {
    /** The model is fitted to it. */
    TRAIN,
    /** Early stopping and the search look at it. */
    VALIDATION,
    /** It only measures. */
    TEST,
    /** Nothing. */
    OUTSIDE
}
