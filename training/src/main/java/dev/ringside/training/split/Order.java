package dev.ringside.training.split;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their times.
 *
 * @param places the rows' places, first to last
 * @param times the rows' times, by place; null where the order is the source's
 * @param gap milliseconds that a row must be behind the part before
 */
@SuppressWarnings("ArrayRecordComponent") // an intermediate result; never compared
record Order(int[] places, long @Nullable [] times, long gap) {
    static Order of(Table rows, Duration gap) {
        long[] times = rows.times();
        if (times == null) {
            if (!gap.isZero()) {
                throw new InvalidData("the split", List.of("a gap of " + gap + " needs a time column"));
            }
            return new Order(IntStream.range(0, rows.size()).toArray(), null, 0);
        }
        int[] places = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong(row -> times[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Order(places, times, gap.toMillis());
    }

    Parts parts(Table rows, Shares shares, boolean watches) {
        refuseSortedByLabel(rows, shares);
        Part[] parts = new Part[rows.size()];
        Part present = Part.TRAIN;
        long ended = Long.MIN_VALUE;
        for (int i = 0; i < places.length; i++) {
            boolean together = i > 0 && times != null && times[places[i]] == times[places[i - 1]];
            Part due = shares.of((i + 0.5) / places.length);
            if (due != present && !together) {
                present = due;
                ended = times == null ? Long.MIN_VALUE : times[places[i - 1]];
            }
            boolean near = gap > 0 && times != null && ended != Long.MIN_VALUE && times[places[i]] - ended < gap;
            parts[places[i]] = near ? Part.OUTSIDE : present;
        }
        return Parts.assigned(row -> parts[row], rows, watches);
    }

    /** Rows that lie by their label, as exports often do: cut in order, the parts would hold different labels. */
    private void refuseSortedByLabel(Table rows, Shares shares) {
        long values = Arrays.stream(rows.targets()).distinct().limit(100).count();
        long changes = IntStream.range(1, places.length)
                .filter(i -> rows.targets()[places[i]] != rows.targets()[places[i - 1]])
                .count();
        if (values > 1 && values < 100 && changes == values - 1) {
            throw new InvalidData(
                    "the split",
                    List.of("the rows lie in the order of their label, so that the first " + shares.train()
                            + " of them hold other labels than the last " + shares.test()
                            + ": take kind: random or stratified, which shuffle"));
        }
    }
}
