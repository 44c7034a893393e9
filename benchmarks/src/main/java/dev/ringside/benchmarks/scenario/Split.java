package dev.ringside.benchmarks.scenario;

/**
 * An epoch: from a day on units are split so.
 *
 * @param day the first one, 0 for the experiment's first
 * @param control the champion's weight
 * @param challenger the challenger's weight
 */
public record Split(int day, int control, int challenger) {
    /** The challenger's share of the units. */
    public double challengerShare() {
        return challenger / (double) (control + challenger);
    }
}
