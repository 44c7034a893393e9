package dev.ringside.benchmarks.data;

/**
 * How many units a region exposes.
 *
 * @param first on the first day
 * @param peak how many times as many on the last day of a week as on its first; between them it grows evenly
 * @param growth from one week to the next
 */
public record Traffic(double first, double peak, double growth) {
    /** As many on every day. */
    public static Traffic steady(double units) {
        return new Traffic(units, 1, 1);
    }

    /** The units of a day, 0 for the first. */
    public long units(int day) {
        return StrictMath.round(
                first * (1 + (peak - 1) * (day % 7) / 6) * StrictMath.pow(growth, Math.floorDiv(day, 7)));
    }
}
