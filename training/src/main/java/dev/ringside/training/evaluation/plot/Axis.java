package dev.ringside.training.evaluation.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One axis of a plot.
 *
 * @param label what is measured, with its unit
 * @param low the least value shown
 * @param high the greatest value shown, above {@code low}
 */
public record Axis(String label, double low, double high) {
    /** About how many ticks an axis has. */
    private static final int TICKS = 6;

    public Axis {
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException(
                    "axis '" + label + "' goes from " + low + " to " + high + ", expected two numbers in order");
        }
    }

    /** An axis of shares, 0 to 1. */
    public static Axis share(String label) {
        return new Axis(label, 0, 1);
    }

    /** An axis from a round value below all finite values to one above. */
    public static Axis around(String label, DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        double low = DoubleStream.of(finite).min().orElse(0);
        double high = DoubleStream.of(finite).max().orElse(1);
        if (low == high) {
            double room = low == 0 ? 1 : StrictMath.abs(low) / 2;
            return new Axis(label, low - room, high + room);
        }
        double step = step(low, high);
        return new Axis(label, StrictMath.floor(low / step) * step, StrictMath.ceil(high / step) * step);
    }

    /** A value beside the axis. */
    record Tick(double value, String text) {}

    /** Round values of the axis, at equal distances. */
    List<Tick> ticks() {
        double step = step(low, high);
        int decimals = (int) StrictMath.max(0, -StrictMath.floor(StrictMath.log10(step) + 1e-9));
        List<Tick> ticks = new ArrayList<>();
        long last = (long) StrictMath.floor(high / step + 1e-9);
        for (long i = (long) StrictMath.ceil(low / step - 1e-9); i <= last; i++) {
            ticks.add(new Tick(
                    i * step,
                    BigDecimal.valueOf(i * step)
                            .setScale(decimals, RoundingMode.HALF_EVEN)
                            .toPlainString()));
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double low, double high) {
        double rough = (high - low) / TICKS;
        double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(rough)));
        double times = rough / power;
        return power * (times <= 1.5 ? 1 : times <= 3.5 ? 2 : times <= 7.5 ? 5 : 10);
    }

    /** Where a value lies between the axis' ends, 0 to 1. */
    double position(double value) {
        return (value - low) / (high - low);
    }
}
