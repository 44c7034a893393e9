package dev.ringside.contract.id;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.TextRules;

/** What may name a unit: one rule for predictions and outcomes, or units would get the one and be refused the other. */
public final class UnitText {
    /** The longest that is taken, in characters. */
    public static final int LONGEST = 1024;

    private UnitText() {}

    /**
     * Returns the unit if it is one.
     *
     * @param field where it stands
     * @param what the document that it stands in, such as {@code outcome}
     * @throws InvalidInput if it is blank, too long, or cannot be kept as it is
     */
    public static String check(String field, String unit, String what) {
        if (unit.isBlank()) {
            throw new InvalidInput(
                    field,
                    "expected a text that names the unit, found " + (unit.isEmpty() ? "an empty one" : "blanks only"));
        }
        if (unit.length() > LONGEST) {
            throw new InvalidInput(field, "expected at most " + LONGEST + " characters, found " + unit.length());
        }
        TextRules.check(field, unit, what);
        return unit;
    }
}
