package dev.ringside.training.split;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The places of each part's rows, in the order of the source.
 *
 * @param train the rows that teach
 * @param unlabelled the rows of the same part that lack a label; one that lacks it in another part is in none
 * @param validation the rows that tell when to stop; null where there is no such part
 * @param test the rows that only measure
 * @param outside how many rows are in no part
 */
@SuppressWarnings("ArrayRecordComponent") // as many places as the data has rows; never compared
public record Parts(int[] train, int[] unlabelled, int @Nullable [] validation, int[] test, int outside) {
    static Parts assigned(IntFunction<Part> part, Table rows, boolean watches) {
        IntStream.Builder unlabelled = IntStream.builder();
        Map<Part, IntStream.Builder> places = new EnumMap<>(Part.class);
        for (Part each : Part.values()) {
            places.put(each, IntStream.builder());
        }
        for (int row = 0; row < rows.size(); row++) {
            Part found = part.apply(row);
            if (!Double.isNaN(rows.targets()[row])) {
                builder(places, found).add(row);
            } else if (found == Part.TRAIN) {
                unlabelled.add(row);
            } else {
                builder(places, Part.OUTSIDE).add(row);
            }
        }
        var found = new Parts(
                builder(places, Part.TRAIN).build().toArray(),
                unlabelled.build().toArray(),
                watches ? builder(places, Part.VALIDATION).build().toArray() : null,
                builder(places, Part.TEST).build().toArray(),
                (int) builder(places, Part.OUTSIDE).build().count());
        List<String> problems = new ArrayList<>();
        check(problems, "train", found.train, rows);
        if (found.validation != null) {
            check(problems, "validation", found.validation, rows);
        }
        check(problems, "test", found.test, rows);
        if (!problems.isEmpty()) {
            throw new InvalidData("the split", problems);
        }
        return found;
    }

    /** The rows that teach, out of the rows that were cut. */
    public TrainingSide training(Table rows) {
        return new TrainingSide(rows, train, unlabelled);
    }

    /**
     * The rows that teach with those of the validation part among them, in the order of the source. They are put together
     * from both, so that nothing has to keep the rows that were cut.
     *
     * @param side the rows that teach
     * @param watched the rows of the validation part
     */
    public TrainingSide withoutValidation(TrainingSide side, @Nullable Table watched) {
        return watched == null
                ? side
                : withSome(side, watched, IntStream.range(0, watched.size()).toArray());
    }

    /**
     * The same with some of the validation part's rows.
     *
     * @param some their places in it, rising
     */
    public TrainingSide withSome(TrainingSide side, Table watched, int[] some) {
        if (validation == null) {
            return side;
        }
        int behind = train.length + unlabelled.length;
        int[] order = new int[train.length + some.length];
        int taught = 0;
        int told = 0;
        for (int i = 0; i < order.length; i++) {
            boolean next = told == some.length || (taught < train.length && train[taught] < validation[some[told]]);
            order[i] = next ? taught++ : behind + told++;
        }
        return side.with(some.length == watched.size() ? watched : watched.select(some), order);
    }

    /** A byte a row, in the order of the source: 0 teaches, 1 validation, 2 test, 3 none, 4 teaches without a label. */
    public byte[] codes() {
        int watched = validation == null ? 0 : validation.length;
        byte[] codes = new byte[train.length + unlabelled.length + watched + test.length + outside];
        Arrays.fill(codes, (byte) 3);
        mark(codes, train, 0);
        if (validation != null) {
            mark(codes, validation, 1);
        }
        mark(codes, test, 2);
        mark(codes, unlabelled, 4);
        return codes;
    }

    private static void mark(byte[] codes, int[] rows, int code) {
        Arrays.stream(rows).forEach(row -> codes[row] = (byte) code);
    }

    /** The parts that were written as codes. */
    public static Parts of(byte[] codes) {
        int[] validation = rows(codes, 1);
        return new Parts(
                rows(codes, 0),
                rows(codes, 4),
                validation.length == 0 ? null : validation,
                rows(codes, 2),
                rows(codes, 3).length);
    }

    private static int[] rows(byte[] codes, int code) {
        return IntStream.range(0, codes.length)
                .filter(row -> codes[row] == code)
                .toArray();
    }

    private static IntStream.Builder builder(Map<Part, IntStream.Builder> places, Part part) {
        return Objects.requireNonNull(places.get(part));
    }

    private static void check(List<String> problems, String part, int[] places, Table rows) {
        if (places.length == 0) {
            problems.add(part + ": no row");
            return;
        }
        double first = rows.targets()[places[0]];
        if (Arrays.stream(places).allMatch(row -> rows.targets()[row] == first)) {
            problems.add(part + ": the label is the same in all " + places.length + " rows");
        }
    }
}
