package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Prediction;
import java.util.HexFormat;

/**
 * A unit's predictions in one arm of one epoch, condensed: the least of them by (time, prediction id), and the first that
 * fell back.
 *
 * @param idHigh the first 8 bytes of the least one's prediction id
 * @param idLow its last 8 bytes; those between are the same for all of a unit
 * @param fellBack the time of the first that fell back; {@link Nanos#NO_END} if none did
 */
record Track(int epoch, String variant, String segment, long time, long idHigh, long idLow, long fellBack) {

    static Track of(Prediction prediction, int epoch, String variant) {
        long time = Nanos.of(prediction.time());
        String id = prediction.predictionId().text();
        return new Track(
                epoch,
                variant,
                prediction.segment(),
                time,
                HexFormat.fromHexDigitsToLong(id, 0, 16),
                HexFormat.fromHexDigitsToLong(id, 32, 48),
                prediction.fellBack() ? time : Nanos.NO_END);
    }

    boolean sameArm(Track other) {
        return epoch == other.epoch && variant.equals(other.variant);
    }

    /** Whether its least prediction comes before the other's. */
    boolean before(Track other) {
        if (time != other.time) {
            return time < other.time;
        }
        int high = Long.compareUnsigned(idHigh, other.idHigh);
        return high != 0 ? high < 0 : Long.compareUnsigned(idLow, other.idLow) < 0;
    }

    /** Both together; they are of the same arm. */
    Track plus(Track other) {
        Track least = other.before(this) ? other : this;
        return new Track(
                epoch,
                variant,
                least.segment,
                least.time,
                least.idHigh,
                least.idLow,
                Math.min(fellBack, other.fellBack));
    }

    void write(PackedWriter out) {
        out.number(epoch).text(variant).text(segment).fixed(time).fixed(idHigh).fixed(idLow);
        out.flag(fellBack != Nanos.NO_END);
        if (fellBack != Nanos.NO_END) {
            out.fixed(fellBack);
        }
    }

    static Track read(PackedReader in) {
        return new Track(
                in.count(),
                in.text(),
                in.text(),
                in.fixed(),
                in.fixed(),
                in.fixed(),
                in.flag() ? in.fixed() : Nanos.NO_END);
    }
}
