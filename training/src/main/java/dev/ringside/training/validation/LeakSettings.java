package dev.ringside.training.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How much one feature by itself may tell of the label, and the training part of the parts after it.
 *
 * @param auc of a yes or no, or of a class against the others, the area under the ROC curve from which on it is not
 *     believed, above .5
 * @param rSquared of a number the share of variance from which on it is not believed, above 0
 * @param overlap the greatest share of a later part whose rows may stand in the training part too; null for any
 * @param allowed features that may tell more, with the reason
 */
public record LeakSettings(
        double auc, double rSquared, @Nullable Double overlap, SequencedMap<String, String> allowed) {
    /** What holds where a document says nothing. */
    public static final LeakSettings DEFAULT = new LeakSettings(0.99, 0.99, null, new LinkedHashMap<>());

    public LeakSettings {
        allowed = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(allowed));
        if (!(auc > 0.5 && auc <= 1) || !(rSquared > 0 && rSquared <= 1)) {
            throw new IllegalArgumentException(
                    "expected an AUC above .5 and an R² above 0, both at most 1, found " + auc + " and " + rSquared);
        }
    }
}
