package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.id.PredictionId;
import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An outcome record as its unit keeps it until it is final.
 *
 * @param lag how much later than {@code receivedAt} the horizon already was when the record came: 0 unless its writer
 *     broke its promise
 * @param predictionHigh the first 8 bytes of the prediction id, if the sender named one
 * @param predictionLow its last 8 bytes; those between are the unit hash
 */
record OutcomeFact(
        String eventId,
        int revision,
        boolean retraction,
        String name,
        long valueMicros,
        long time,
        long receivedAt,
        long lag,
        @Nullable String unit,
        boolean byPrediction,
        long predictionHigh,
        long predictionLow,
        String ingest) {

    /**
     * Event by event; of an event the highest revision first; of a revision the copy that came first. So the first of an
     * event that fulfils a condition on its receipt is the one that counts. The rest of the order is there only so that
     * there is no tie that the order of arrival could decide.
     */
    static final Comparator<OutcomeFact> ORDER = Comparator.comparing(OutcomeFact::eventId)
            .thenComparing(OutcomeFact::revision, Comparator.reverseOrder())
            .thenComparingLong(OutcomeFact::effective)
            .thenComparingLong(OutcomeFact::receivedAt)
            .thenComparingLong(OutcomeFact::time)
            .thenComparing(OutcomeFact::name)
            .thenComparingLong(OutcomeFact::valueMicros)
            .thenComparing(OutcomeFact::retraction);

    /** The fact of an outcome that comes when the horizon is there. */
    static OutcomeFact of(Outcome outcome, long horizon) {
        long receivedAt = Nanos.of(outcome.receivedAt());
        PredictionId id = outcome.predictionId();
        return new OutcomeFact(
                outcome.eventId(),
                outcome.revision(),
                outcome.retraction(),
                outcome.name(),
                outcome.valueMicros(),
                Nanos.of(outcome.time()),
                receivedAt,
                receivedAt < horizon ? horizon - receivedAt : 0,
                outcome.unit(),
                id != null,
                id == null ? 0 : HexFormat.fromHexDigitsToLong(id.text(), 0, 16),
                id == null ? 0 : HexFormat.fromHexDigitsToLong(id.text(), 32, 48),
                outcome.ingest());
    }

    /** The time that its place in the log stands for: its receipt, or the horizon if that had passed it. */
    long effective() {
        return receivedAt + lag;
    }

    /** The record as it was accepted. */
    Outcome outcome(long unitHash) {
        HexFormat hex = HexFormat.of();
        return new Outcome(
                eventId,
                revision,
                retraction,
                unitHash,
                unit,
                byPrediction
                        ? new PredictionId(hex.toHexDigits(predictionHigh)
                                + hex.toHexDigits(unitHash)
                                + hex.toHexDigits(predictionLow))
                        : null,
                name,
                valueMicros,
                Nanos.instant(time),
                Nanos.instant(receivedAt),
                ingest);
    }

    void write(PackedWriter out) {
        out.text(eventId).number(revision).text(name).number(valueMicros).fixed(time);
        out.number(receivedAt - time).number(lag).text(ingest);
        out.put((retraction ? 1 : 0) | (unit == null ? 0 : 2) | (byPrediction ? 4 : 0));
        if (unit != null) {
            out.text(unit);
        }
        if (byPrediction) {
            out.fixed(predictionHigh).fixed(predictionLow);
        }
    }

    static OutcomeFact read(PackedReader in) {
        String eventId = in.text();
        int revision = in.count();
        String name = in.text();
        long valueMicros = in.number();
        long time = in.fixed();
        long receivedAt = time + in.number();
        long lag = in.number();
        String ingest = in.text();
        int flags = in.get();
        String unit = (flags & 2) == 0 ? null : in.text();
        boolean byPrediction = (flags & 4) != 0;
        long high = byPrediction ? in.fixed() : 0;
        long low = byPrediction ? in.fixed() : 0;
        return new OutcomeFact(
                eventId,
                revision,
                (flags & 1) != 0,
                name,
                valueMicros,
                time,
                receivedAt,
                lag,
                unit,
                byPrediction,
                high,
                low,
                ingest);
    }
}
