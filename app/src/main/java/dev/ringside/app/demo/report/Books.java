package dev.ringside.app.demo.report;

/**
 * The accounts: nothing that was answered or accepted may be missing.
 *
 * @param predictionsAnswered distinct unit and request id that the client got an answer for
 * @param predictionsLogged distinct unit and request id in the archive
 * @param outcomesAccepted outcome records in the archive
 * @param counted in at least one KPI's closed cell
 * @param outside of every running experiment, or of its window
 * @param late received too late
 * @param unmatched without a prediction in time
 * @param duplicates copies
 * @param superseded replaced by a revision
 * @param lost everything that does not add up
 */
public record Books(
        long predictionsAnswered,
        long predictionsLogged,
        long outcomesAccepted,
        long counted,
        long outside,
        long late,
        long unmatched,
        long duplicates,
        long superseded,
        long lost) {

    /** What became of outcomes, by the aggregator's count. */
    public record Classes(
            long counted, long outside, long late, long unmatched, long duplicates, long superseded, long pending) {
        long settled() {
            return counted + outside + late + unmatched + duplicates + superseded;
        }
    }

    /**
     * What the archive holds of what the client sent.
     *
     * @param predictions distinct unit and request id
     * @param predictionsMissing of those that the client got an answer for
     * @param predictionsUnknown that the client never got an answer for
     * @param outcomes records
     * @param outcomesMissing event ids that were accepted
     * @param fallbacks predictions that another version answered than the assigned one
     */
    public record Logged(
            long predictions,
            long predictionsMissing,
            long predictionsUnknown,
            long outcomes,
            long outcomesMissing,
            long fallbacks) {}

    /** Compares what the client knows, what the archive holds and what the aggregator counted. */
    public static Books of(long answered, Logged logged, Classes classes) {
        long lost = logged.predictionsMissing()
                + logged.predictionsUnknown()
                + logged.outcomesMissing()
                + Math.abs(logged.outcomes() - classes.settled());
        return new Books(
                answered,
                logged.predictions(),
                logged.outcomes(),
                classes.counted(),
                classes.outside(),
                classes.late(),
                classes.unmatched(),
                classes.duplicates(),
                classes.superseded(),
                lost);
    }
}
