package dev.ringside.benchmarks.data;

import dev.ringside.contract.moments.Moments;
import java.math.BigInteger;

/**
 * The sums of units that are being drawn. Values are whole numbers of a grain, a million micro-units for a count or ten
 * thousand for an amount, so that a day's cubes fit into a long; beyond that it throws rather than wraps.
 */
public final class Sums {
    private static final BigInteger ZERO = BigInteger.ZERO;

    private final long grainInMicros;
    private long units;
    private long events;
    private long y;
    private long yy;
    private long yyy;

    private Sums(long grainInMicros) {
        this.grainInMicros = grainInMicros;
    }

    /** Sums of zeros and ones. */
    static Sums ofCounts(long units, long events) {
        var sums = new Sums(1_000_000);
        sums.units = units;
        sums.events = events;
        sums.y = events;
        sums.yy = events;
        sums.yyy = events;
        return sums;
    }

    /** Sums of amounts, to be added in hundredths. */
    static Sums ofHundredths() {
        return new Sums(10_000);
    }

    /** Units worth nothing. */
    void addZeros(long many) {
        units += many;
    }

    /** One unit. */
    void add(long hundredths) {
        long square = Math.multiplyExact(hundredths, hundredths);
        units++;
        events += hundredths == 0 ? 0 : 1;
        y += hundredths;
        yy = Math.addExact(yy, square);
        yyy = Math.addExact(yyy, Math.multiplyExact(square, hundredths));
    }

    /** As an aggregator would have summed the same units, but for their hashes. */
    public Moments moments() {
        BigInteger grain = BigInteger.valueOf(grainInMicros);
        BigInteger square = grain.multiply(grain);
        return new Moments(
                units,
                events,
                BigInteger.valueOf(y).multiply(grain),
                ZERO,
                ZERO,
                BigInteger.valueOf(yy).multiply(square),
                ZERO,
                ZERO,
                ZERO,
                ZERO,
                ZERO,
                BigInteger.valueOf(yyy).multiply(square).multiply(grain),
                0);
    }
}
