package dev.ringside.training.validation;

import dev.ringside.training.dataset.FeatureType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Things as a document or a person says them. */
final class Words {
    private static final int MOST = 12;
    private static final double WHOLE_UP_TO = 1e15;

    private Words() {}

    static String of(FeatureType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The shortest text that is read back as the same number, without a decimal point where it is whole. */
    static String number(double value, boolean single) {
        if (value == StrictMath.rint(value) && StrictMath.abs(value) < WHOLE_UP_TO) {
            return Long.toString((long) value);
        }
        return single ? Float.toString((float) value) : Double.toString(value);
    }

    /** A share in per cent. */
    static String share(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /** A share that was found, in per cent to two places. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** A measure to four places. */
    static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The first of some texts. */
    static String some(List<String> texts) {
        return texts.size() <= MOST
                ? texts.toString()
                : "[" + String.join(", ", texts.subList(0, MOST)) + ", … " + (texts.size() - MOST) + " more]";
    }
}
