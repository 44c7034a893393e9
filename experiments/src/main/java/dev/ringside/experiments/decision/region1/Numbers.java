package dev.ringside.experiments.decision.region1;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Numbers as they stand in sentences: four digits that matter or all before the point, no exponent, the
 * same in every locale.
 */
final class Numbers {
    private static final MathContext FOUR = new MathContext(4);
    private static final MathContext THREE = new MathContext(3);

    private Numbers() {}

    static String number(double value) {
        return plain(value, FOUR);
    }

    static String percent(double share) {
        return plain(100 * share, THREE) + " %";
    }

    private static String plain(double value, MathContext digits) {
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = exact.precision() - exact.scale() > digits.getPrecision()
                ? exact.setScale(0, RoundingMode.HALF_UP)
                : exact.round(digits);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
