package dev.ringside.training.split;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.split.Folds.Fold;

/**
 * Rows that teach. There is no way to one from any table, only from a split's training part or a fold's, or from some of
 * its own rows: whatever is drawn, copied or made of these rows knows nothing of those that are held out.
 */
public final class TrainingSide {
    private final Table rows;

    TrainingSide(Table rows) {
        this.rows = rows;
    }

    /** The rows, which cannot become a side again. */
    public Table rows() {
        return rows;
    }

    /** How many rows. */
    public int size() {
        return rows.size();
    }

    /** Some of the rows, in that order; one may be there several times. */
    public TrainingSide select(int[] places) {
        return new TrainingSide(rows.select(places));
    }

    /** The teaching rows of a fold of these rows. */
    public TrainingSide of(Fold fold) {
        return select(fold.train());
    }
}
