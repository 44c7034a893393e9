package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far the minority's rows are from each other: Euclidean over numbers in units of their standard deviation over all
 * training rows, so that no unit of measurement rules, and over texts, of which a pair that differs counts as far as the
 * median standard deviation of the minority's numbers (Chawla et al. 2002, section 6.1). A number that only one of two
 * rows has counts as a text that differs; what both lack counts nothing.
 */
final class Neighbourhood {
    private final int[] minority;
    private final double[][] numbers;
    private final int[][] names;
    private final double differs;

    private Neighbourhood(int[] minority, double[][] numbers, int[][] names, double differs) {
        this.minority = minority;
        this.numbers = numbers;
        this.names = names;
        this.differs = differs;
    }

    /**
     * Lays out what is compared.
     *
     * @param rows the training rows
     * @param minority the places of those that are compared, rising
     * @param nominal whole numbers that are names
     */
    static Neighbourhood of(Table rows, int[] minority, List<FeatureSpec> features, Set<String> nominal) {
        List<double[]> numbers = new ArrayList<>();
        List<int[]> names = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (FeatureSpec feature : features) {
            switch (rows.column(feature.name())) {
                case Column.Numbers(float[] values) -> add(numbers, deviations, minority, widened(values));
                case Column.Integers(long[] values) -> {
                    if (nominal.contains(feature.name())) {
                        names.add(codes(values, minority));
                    } else {
                        add(numbers, deviations, minority, widened(values, feature));
                    }
                }
                case Column.Categories(List<String> _, int[] codes) ->
                    names.add(Arrays.stream(minority).map(row -> codes[row]).toArray());
                case Column.NumberLists _, Column.CategoryLists _ -> {} // not compared
            }
        }
        double median = median(deviations);
        return new Neighbourhood(
                minority, numbers.toArray(double[][]::new), names.toArray(int[][]::new), median * median);
    }

    /** Puts a column of numbers in units of its deviation; one that never varies says nothing. */
    private static void add(List<double[]> numbers, List<Double> deviations, int[] minority, double[] all) {
        double unit = deviation(all);
        if (unit > 0) {
            double[] scaled =
                    Arrays.stream(minority).mapToDouble(row -> all[row] / unit).toArray();
            numbers.add(scaled);
            deviations.add(deviation(scaled));
        }
    }

    private static double[] widened(float[] values) {
        double[] all = new double[values.length];
        Arrays.setAll(all, row -> values[row]);
        return all;
    }

    private static double[] widened(long[] values, FeatureSpec feature) {
        Long missing = feature.missing();
        return Arrays.stream(values)
                .mapToDouble(value -> missing != null && value == missing ? Double.NaN : value)
                .toArray();
    }

    private static int[] codes(long[] values, int[] minority) {
        Map<Long, Integer> known = new HashMap<>();
        return Arrays.stream(minority)
                .map(row -> known.computeIfAbsent(values[row], _ -> known.size()))
                .toArray();
    }

    /** The standard deviation of the numbers that are there; 0 where there are none. */
    private static double deviation(double[] numbers) {
        double[] there =
                Arrays.stream(numbers).filter(number -> !Double.isNaN(number)).toArray();
        double mean = Arrays.stream(there).sum() / there.length;
        double squares = Arrays.stream(there)
                .map(number -> (number - mean) * (number - mean))
                .sum();
        return there.length == 0 ? 0 : StrictMath.sqrt(squares / there.length);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        if (sorted.length == 0) {
            return 1;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * A row's nearest others, the nearest first, of equally near ones the earlier first.
     *
     * @param row its place among the training rows
     * @return their places there
     */
    int[] nearest(int row, int count) {
        int own = Arrays.binarySearch(minority, row);
        int most = Math.min(count, minority.length - 1);
        double[] distances = new double[most];
        int[] found = new int[most];
        int held = 0;
        for (int other = 0; other < minority.length; other++) {
            if (other == own) {
                continue;
            }
            double limit = held < most ? Double.POSITIVE_INFINITY : distances[most - 1];
            double distance = distance(own, other, limit);
            if (distance < limit || held < most) {
                int at = held < most ? held++ : most - 1;
                while (at > 0 && distances[at - 1] > distance) {
                    distances[at] = distances[at - 1];
                    found[at] = found[at - 1];
                    at--;
                }
                distances[at] = distance;
                found[at] = other;
            }
        }
        return Arrays.stream(found).map(place -> minority[place]).toArray();
    }

    /** The squared distance, or any that is no less than the limit. */
    private double distance(int row, int other, double limit) {
        double sum = 0;
        for (double[] column : numbers) {
            double difference = column[row] - column[other];
            if (!Double.isNaN(difference)) {
                sum += difference * difference;
            } else if (Double.isNaN(column[row]) != Double.isNaN(column[other])) {
                sum += differs;
            }
            if (sum >= limit) {
                return sum;
            }
        }
        for (int[] column : names) {
            sum += column[row] == column[other] ? 0 : differs;
        }
        return sum;
    }
}
