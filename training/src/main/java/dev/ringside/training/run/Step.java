package dev.ringside.training.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of a training, in their order. Each needs what those before it made. */
public enum Step {
    /** Rows are read and checked. */
    VALIDATE,
    /** Each row gets its part. */
    SPLIT,
    /** Of the rows that teach, those are drawn that a model is fitted to. */
    SAMPLE,
    /** What encoders learn from the rows that teach. */
    REPRESENT,
    /** The model is fitted. */
    TRAIN,
    /** It is measured. */
    EVALUATE,
    /** It becomes a file that is proven to score as it does. */
    EXPORT,
    /** The file is judged. */
    GATE,
    /** The version is written, and registered where that is wanted. */
    REGISTER;

    /** This step and those behind it. */
    public List<Step> andBehind() {
        return Arrays.stream(values()).filter(step -> step.compareTo(this) >= 0).toList();
    }

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
