package dev.ringside.experiments.analysis;

import java.util.List;

/**
 * How many units of two arms something happened to, in a set of units that came in together.
 *
 * @param controlUnits of the control
 * @param challengerUnits of the challenger
 * @param control how many of the control's it happened to
 * @param challenger how many of the challenger's
 */
public record Occurrence(long controlUnits, long challengerUnits, long control, long challenger) {
    public Occurrence {
        if (control < 0 || challenger < 0 || control > controlUnits || challenger > challengerUnits) {
            throw new IllegalArgumentException(control + " of " + controlUnits + " and " + challenger + " of "
                    + challengerUnits + ", expected at most as many as there are units");
        }
    }

    /** Those that it did not happen to. */
    public Occurrence others() {
        return new Occurrence(controlUnits, challengerUnits, controlUnits - control, challengerUnits - challenger);
    }

    /** The same with the arms exchanged. */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // exchanging them is what it is for
    public Occurrence exchanged() {
        return new Occurrence(challengerUnits, controlUnits, challenger, control);
    }

    /** Both sets together. */
    public Occurrence plus(Occurrence other) {
        return new Occurrence(
                controlUnits + other.controlUnits,
                challengerUnits + other.challengerUnits,
                control + other.control,
                challenger + other.challenger);
    }

    static List<Occurrence> exchanged(List<Occurrence> all) {
        return all.stream().map(Occurrence::exchanged).toList();
    }
}
