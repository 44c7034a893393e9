package dev.ringside.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How far probabilities are from what happened: rows in bins of their score, each bin's mean score beside its share of
 * positives (the reliability curve), and the expected calibration error, Σ of a bin's share of all weight times the
 * distance between the two (Naeini, Cooper and Hauskrecht 2015).
 *
 * @param bins those that hold rows, by ascending score
 */
public record Calibration(List<Bin> bins) {
    /** How many bins there are if nothing else is said. */
    public static final int BINS = 10;

    private static final double LEVEL = 0.95;

    /**
     * One bin.
     *
     * @param share of all weight, 0 to 1
     * @param meanScore of its rows
     * @param positives the share of positives among its rows, with Wilson's interval
     */
    public record Bin(double share, double meanScore, Estimate positives) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** The expected calibration error, 0 to 1. */
    public double error() {
        return bins.stream()
                .mapToDouble(bin -> bin.share() * StrictMath.abs(bin.positives().value() - bin.meanScore()))
                .sum();
    }

    /**
     * In bins of equal weight, rows of equal score together: what gates use, as with rare positives equal widths leave
     * nearly all rows in one bin.
     */
    public static Calibration equalMass(ScoredRows rows, int count) {
        ScoreOrder order = ScoreOrder.of(rows.scores());
        double total = 0;
        for (int row = 0; row < rows.size(); row++) {
            total += rows.weight(row);
        }
        int[] bins = new int[rows.size()];
        double below = 0;
        for (int from = 0, to; from < order.size(); from = to) {
            to = order.nextGreater(from);
            double tied = 0;
            for (int rank = from; rank < to; rank++) {
                tied += rows.weight(order.row(rank));
            }
            int bin = StrictMath.min((int) (count * (below + tied / 2) / total), count - 1);
            for (int rank = from; rank < to; rank++) {
                bins[order.row(rank)] = bin;
            }
            below += tied;
        }
        return in(rows, count, row -> bins[row]);
    }

    /** In bins of equal width: score p falls into bin ⌊count·p⌋, 1 into the last. */
    public static Calibration equalWidth(ScoredRows rows, int count) {
        return in(rows, count, row -> Math.clamp((long) (count * rows.scores()[row]), 0, count - 1));
    }

    private static Calibration in(ScoredRows rows, int count, IntUnaryOperator bin) {
        Sums[] sums = new Sums[count];
        double total = 0;
        for (int row = 0; row < rows.size(); row++) {
            int i = bin.applyAsInt(row);
            if (sums[i] == null) {
                sums[i] = new Sums();
            }
            sums[i].add(rows.weight(row), rows.scores()[row], rows.labels()[row]);
            total += rows.weight(row);
        }
        List<Bin> bins = new ArrayList<>();
        for (Sums sum : sums) {
            if (sum != null && sum.weight > 0) {
                bins.add(sum.bin(total));
            }
        }
        return new Calibration(bins);
    }

    private static final class Sums {
        private double weight;
        private double squares;
        private double scores;
        private double positive;

        void add(double w, double score, boolean label) {
            weight += w;
            squares += w * w;
            scores += w * score;
            positive += label ? w : 0;
        }

        Bin bin(double total) {
            double share = StrictMath.min(positive / weight, 1);
            return new Bin(weight / total, scores / weight, Wilson.interval(share, weight * weight / squares, LEVEL));
        }
    }
}
