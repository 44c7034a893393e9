package dev.ringside.app.demo.flights;

/** What the product does with a probability, and what that is worth. */
public final class Warning {
    /** The probability at which a warning costs as much as it brings: 0.25 ÷ (1 + 0.25). */
    public static final double BREAK_EVEN = 0.2;

    private static final double RIGHT = 1;
    private static final double WRONG = -0.25;

    private Warning() {}

    /** Whether passengers are warned. */
    public static boolean isGiven(float probability) {
        return probability > BREAK_EVEN;
    }

    /** What that is worth once the flight has landed: 1 for a right warning, −0.25 for a wrong one, else 0. */
    public static double value(float probability, boolean late) {
        if (!isGiven(probability)) {
            return 0;
        }
        return late ? RIGHT : WRONG;
    }
}
