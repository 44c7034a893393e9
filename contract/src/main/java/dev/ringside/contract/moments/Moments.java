package dev.ringside.contract.moments;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sufficient statistics of a set of units: counts, sums and cross-products of the numerator y, the denominator d and
 * the covariate x. Immutable; all arithmetic is exact, so the order of additions never shows.
 *
 * <p>Values are micro-units (10⁻⁶ of the KPI's unit); products are micro-units squared (10⁻¹²), Σ y³ micro-units
 * cubed (10⁻¹⁸). The total of one unit is bounded by {@value #BOUND} micro-units.
 *
 * @param units how many units
 * @param events how many of them have y ≠ 0
 * @param y Σ y
 * @param d Σ d
 * @param x Σ x
 * @param yy Σ y²
 * @param dd Σ d²
 * @param xx Σ x²
 * @param yd Σ y·d
 * @param yx Σ y·x
 * @param dx Σ d·x
 * @param yyy Σ y³; null where a part was written before it was summed: then it is unknown
 * @param unitHashSum Σ unit hash modulo 2⁶⁴: which units, without naming one
 */
public record Moments(
        long units,
        long events,
        BigInteger y,
        BigInteger d,
        BigInteger x,
        BigInteger yy,
        BigInteger dd,
        BigInteger xx,
        BigInteger yd,
        BigInteger yx,
        BigInteger dx,
        @Nullable BigInteger yyy,
        long unitHashSum) {
    /** The greatest absolute total of one unit, in micro-units: 10⁹ of the KPI's unit. */
    public static final long BOUND = 1_000_000_000_000_000L;

    private static final BigInteger ZERO = BigInteger.ZERO;

    /** No unit. */
    public static final Moments NONE = new Moments(0, 0, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, 0);

    /**
     * One unit with its numerator only, as means and proportions have it.
     *
     * @param unitHash the unit's keyed hash
     * @param yMicros its value in micro-units
     * @throws ArithmeticException if the value is beyond {@link #BOUND}
     */
    public static Moments ofUnit(long unitHash, long yMicros) {
        return ofUnit(unitHash, yMicros, 0, 0);
    }

    /**
     * One unit with numerator, denominator and covariate, in micro-units.
     *
     * @throws ArithmeticException if one of them is beyond {@link #BOUND}
     */
    public static Moments ofUnit(long unitHash, long yMicros, long dMicros, long xMicros) {
        BigInteger y = bounded(yMicros);
        BigInteger d = bounded(dMicros);
        BigInteger x = bounded(xMicros);
        BigInteger yy = y.multiply(y);
        return new Moments(
                1,
                yMicros == 0 ? 0 : 1,
                y,
                d,
                x,
                yy,
                d.multiply(d),
                x.multiply(x),
                y.multiply(d),
                y.multiply(x),
                d.multiply(x),
                yy.multiply(y),
                unitHash);
    }

    private static BigInteger bounded(long micros) {
        if (micros > BOUND || micros < -BOUND) {
            throw new ArithmeticException("a unit's total is " + micros + " micro-units, the bound is ±" + BOUND);
        }
        return BigInteger.valueOf(micros);
    }

    /** Both sets together; they must be disjoint. */
    public Moments plus(Moments other) {
        return new Moments(
                units + other.units,
                events + other.events,
                y.add(other.y),
                d.add(other.d),
                x.add(other.x),
                yy.add(other.yy),
                dd.add(other.dd),
                xx.add(other.xx),
                yd.add(other.yd),
                yx.add(other.yx),
                dx.add(other.dx),
                yyy == null || other.yyy == null ? null : yyy.add(other.yyy),
                unitHashSum + other.unitHashSum);
    }

    /** This set without a part of it. */
    public Moments minus(Moments part) {
        return new Moments(
                units - part.units,
                events - part.events,
                y.subtract(part.y),
                d.subtract(part.d),
                x.subtract(part.x),
                yy.subtract(part.yy),
                dd.subtract(part.dd),
                xx.subtract(part.xx),
                yd.subtract(part.yd),
                yx.subtract(part.yx),
                dx.subtract(part.dx),
                yyy == null || part.yyy == null ? null : yyy.subtract(part.yyy),
                unitHashSum - part.unitHashSum);
    }

    /** This without Σ y³, as it was written before that was summed. */
    public Moments withoutCubes() {
        return yyy == null ? this : new Moments(units, events, y, d, x, yy, dd, xx, yd, yx, dx, null, unitHashSum);
    }
}
