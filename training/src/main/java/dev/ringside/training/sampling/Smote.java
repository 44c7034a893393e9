package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.sampling.Sample.Synthetic;
import dev.ringside.training.split.Shuffle;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All rows, and synthetic ones of the minority: each between a row of it and one of that row's nearest neighbours in it
 * (SMOTE; Chawla, Bowyer, Hall and Kegelmeyer 2002), its texts those of most of these neighbours (SMOTE-NC, section 6.1).
 *
 * <p>What is missing in one of the two stays as it is in the row itself: no number is made of nothing. A whole number is
 * rounded. Lists are the row's own.
 *
 * @param ratio rows of the majority for each of the minority afterwards, above 0; where there are fewer, none is made
 * @param neighbours how many are the nearest; where the minority has fewer others, all of them
 * @param nominal whole numbers that are names of something, and are treated as texts are
 */
public record Smote(double ratio, int neighbours, Set<String> nominal) implements Sampler {
    /** The most rows of a minority, each of which is compared with every other. */
    static final int MOST = 50_000;

    private static final int NEIGHBOUR = 1;
    private static final int GAP = 2;

    /** Checks the settings. */
    public Smote {
        nominal = Set.copyOf(nominal);
        Classes.checkRatio(ratio);
        if (neighbours < 1) {
            throw new IllegalArgumentException("expected 1 neighbour or more, found " + neighbours);
        }
    }

    @Override
    public Sample sample(TrainingSide side, List<FeatureSpec> features, long seed) {
        Classes classes = Classes.of(side);
        int[] minority = classes.minority();
        int[] parents = classes.parents(ratio, seed);
        if (parents.length == 0) {
            return Sample.all(side);
        }
        if (minority.length < 2 || minority.length > MOST) {
            throw new InvalidData(
                    "the training rows",
                    List.of("smote: expected 2 to " + MOST + " rows of the minority, found " + minority.length
                            + (minority.length < 2
                                    ? ": there is no neighbour to go towards"
                                    : ", each of which would be compared with every other: that many need no synthetic"
                                            + " ones, take kind: down_sample or weights")));
        }
        Neighbourhood near = Neighbourhood.of(side.rows(), minority, features, nominal);
        Map<Integer, int[]> nearest = new HashMap<>();
        int[] towards = new int[parents.length];
        double[] gaps = new double[parents.length];
        int[][] around = new int[parents.length][];
        for (int i = 0; i < parents.length; i++) {
            around[i] = nearest.computeIfAbsent(parents[i], parent -> near.nearest(parent, neighbours));
            towards[i] = around[i][(int) (uniform(seed, NEIGHBOUR, i) * around[i].length)];
            gaps[i] = uniform(seed, GAP, i);
        }
        Map<String, Column> columns = new HashMap<>();
        for (FeatureSpec feature : features) {
            Column column = side.rows().column(feature.name());
            columns.put(feature.name(), between(feature, column, parents, towards, gaps, around));
        }
        double[] targets = new double[parents.length];
        Arrays.fill(targets, side.rows().targets()[minority[0]]);
        var rows = new Table(targets, weights(side.rows(), parents), null, columns);
        return new Sample(Sample.all(side).places(), new Synthetic(rows, parents, towards), 1);
    }

    private static double @Nullable [] weights(Table rows, int[] parents) {
        double[] weights = rows.weights();
        return weights == null
                ? null
                : Arrays.stream(parents).mapToDouble(row -> weights[row]).toArray();
    }

    private Column between(
            FeatureSpec feature, Column column, int[] parents, int[] towards, double[] gaps, int[][] around) {
        return switch (column) {
            case Column.Numbers(float[] values) -> {
                float[] made = new float[parents.length];
                for (int i = 0; i < made.length; i++) {
                    double number = between(values[parents[i]], values[towards[i]], gaps[i]);
                    made[i] = Double.isNaN(number) ? values[parents[i]] : (float) number;
                }
                yield new Column.Numbers(made);
            }
            case Column.Integers(long[] values) -> {
                long[] made = new long[parents.length];
                Long missing = feature.missing();
                for (int i = 0; i < made.length; i++) {
                    long own = values[parents[i]];
                    long other = values[towards[i]];
                    if (nominal.contains(feature.name())) {
                        made[i] = values[mode(parents[i], around[i], (a, b) -> values[a] == values[b])];
                    } else if (missing != null && (own == missing || other == missing)) {
                        made[i] = own;
                    } else {
                        made[i] = own + Math.round(gaps[i] * (double) (other - own));
                    }
                }
                yield new Column.Integers(made);
            }
            case Column.Categories(List<String> texts, int[] codes) -> {
                int[] made = new int[parents.length];
                for (int i = 0; i < made.length; i++) {
                    made[i] = codes[mode(parents[i], around[i], (a, b) -> codes[a] == codes[b])];
                }
                yield new Column.Categories(texts, made);
            }
            case Column.NumberLists lists -> lists.select(parents);
            case Column.CategoryLists lists -> lists.select(parents);
        };
    }

    private static double between(double own, double other, double gap) {
        return own + gap * (other - own);
    }

    /** Whether two rows have the same value. */
    @FunctionalInterface
    private interface Same {
        boolean of(int row, int other);
    }

    /** A neighbour with the value that most of them have; among equally common ones the row's own, else the nearest. */
    private static int mode(int parent, int[] around, Same same) {
        int best = around[0];
        int bestCount = 0;
        for (int candidate : around) {
            int count = 0;
            for (int other : around) {
                count += same.of(candidate, other) ? 1 : 0;
            }
            boolean own = same.of(candidate, parent);
            if (count > bestCount || (count == bestCount && own && !same.of(best, parent))) {
                best = candidate;
                bestCount = count;
            }
        }
        return best;
    }

    /** A number from 0 to 1, 1 excluded, that depends on nothing but what it is for. */
    private static double uniform(long seed, int purpose, int i) {
        long mixed = Shuffle.mix(Shuffle.mix(seed + purpose * 0x9e3779b97f4a7c15L) + i * 0x9e3779b97f4a7c15L);
        return (mixed >>> 11) * 0x1p-53;
    }
}
