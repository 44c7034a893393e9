package dev.ringside.training.split;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Folds.Fold;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows that teach. There is no way to one from any table, only from a split's training part or a fold's, or from some of
 * its own rows: whatever is drawn, copied or made of these rows knows nothing of those that are held out.
 */
public final class TrainingSide {
    private final Table base;
    private final int[] places;
    private final int[] unlabelled;
    private final int labelled;
    private final Table rows;

    /** Copies what it needs, so that it keeps no table alive in which other parts stand. */
    TrainingSide(Table all, int[] places, int[] unlabelled) {
        this(
                all.select(IntStream.concat(Arrays.stream(places), Arrays.stream(unlabelled))
                        .toArray()),
                places.length);
    }

    /** All rows of a table, of which the last ones lack a label. */
    private TrainingSide(Table base, int labelled) {
        this.base = base;
        this.labelled = labelled;
        places = IntStream.range(0, labelled).toArray();
        unlabelled = IntStream.range(labelled, base.size()).toArray();
        rows = unlabelled.length == 0 ? base : base.select(places);
    }

    private TrainingSide(Table base, int[] places, int[] unlabelled, int labelled) {
        this.base = base;
        this.places = places;
        this.unlabelled = unlabelled;
        this.labelled = labelled;
        rows = base.select(places);
    }

    /**
     * These rows and others, that become rows which teach.
     *
     * @param others rows of the same table
     * @param order places of both in the new order: of these rows, and behind all of them of the others
     */
    TrainingSide with(Table others, int[] order) {
        int[] all = IntStream.concat(Arrays.stream(order), Arrays.stream(unlabelled))
                .toArray();
        return new TrainingSide(base.select(all, others), order.length);
    }

    /** The rows, which cannot become a side again. */
    public Table rows() {
        return rows;
    }

    /** How many rows. */
    public int size() {
        return rows.size();
    }

    /** How many of them, the first ones, came with their label. */
    public int labelled() {
        return labelled;
    }

    /** The rows of the same part that lack a label. */
    public Table unlabelled() {
        return base.select(unlabelled);
    }

    /** Some of the rows, in that order; one may be there several times. */
    public TrainingSide select(int[] chosen) {
        if (labelled < places.length) {
            throw new IllegalStateException("rows are chosen before labels are believed, not afterwards");
        }
        return new TrainingSide(
                base, Arrays.stream(chosen).map(row -> places[row]).toArray(), unlabelled);
    }

    /**
     * The same rows, of which some lose their label: what a method makes of rows without one can so be seen where all have
     * one.
     *
     * @param hidden their places, rising
     */
    public TrainingSide hiding(int[] hidden) {
        double[] targets = base.targets().clone();
        int[] lost = Arrays.stream(hidden).map(row -> places[row]).toArray();
        Arrays.stream(lost).forEach(row -> targets[row] = Double.NaN);
        int[] left = IntStream.range(0, places.length)
                .filter(row -> Arrays.binarySearch(hidden, row) < 0)
                .map(row -> places[row])
                .toArray();
        int[] without =
                IntStream.concat(Arrays.stream(unlabelled), Arrays.stream(lost)).toArray();
        return new TrainingSide(base.withTargets(targets), left, without, left.length);
    }

    /** The teaching rows of a fold of these rows, without those that lack a label: some may lie in the other folds' times. */
    public TrainingSide of(Fold fold) {
        return new TrainingSide(
                base, Arrays.stream(fold.train()).map(row -> places[row]).toArray(), new int[0]);
    }

    /**
     * The same rows, followed by some that lack a label, which is believed to be known.
     *
     * @param chosen their places among the unlabelled, rising
     * @param target what is believed of each
     */
    public TrainingSide believing(int[] chosen, double target) {
        double[] targets = base.targets().clone();
        int[] believed = Arrays.stream(chosen).map(row -> unlabelled[row]).toArray();
        Arrays.stream(believed).forEach(row -> targets[row] = target);
        int[] others = IntStream.range(0, unlabelled.length)
                .filter(row -> Arrays.binarySearch(chosen, row) < 0)
                .map(row -> unlabelled[row])
                .toArray();
        int[] following =
                IntStream.concat(Arrays.stream(places), Arrays.stream(believed)).toArray();
        return new TrainingSide(base.withTargets(targets), following, others, labelled);
    }
}
