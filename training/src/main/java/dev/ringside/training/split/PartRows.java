package dev.ringside.training.split;

import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.Table;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of each part.
 *
 * @param train the rows that teach
 * @param validation the rows that tell when to stop; null where there are none
 * @param test the rows that only measure
 * @param outside how many rows were left out
 * @param sha256 digest of what was read
 * @param withoutValidation the rows that teach, the validation part's among them
 * @param withSome the rows that teach, and some of the validation part's, by their places in it, rising
 */
public record PartRows(
        TrainingSide train,
        @Nullable Table validation,
        Table test,
        long outside,
        String sha256,
        Supplier<TrainingSide> withoutValidation,
        Function<int[], TrainingSide> withSome) {
    /** Cuts the rows that were read. */
    public static PartRows of(Dataset dataset, Parts parts) {
        Table rows = dataset.rows();
        int[] validation = parts.validation();
        TrainingSide train = parts.training(rows);
        Table watched = validation == null ? null : rows.select(validation);
        return new PartRows(
                train,
                watched,
                rows.select(parts.test()),
                dataset.outside() + parts.outside(),
                dataset.sha256(),
                () -> parts.withoutValidation(train, watched),
                some -> watched == null ? train : parts.withSome(train, watched, some));
    }
}
