package dev.ringside.router.feature;

import dev.ringside.contract.inference.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a request's rows, each asked for once. */
final class RowKeys {
    private static final int NONE = -1;

    private final List<String> distinct;
    private final int[] ofRow;

    private RowKeys(List<String> distinct, int[] ofRow) {
        this.distinct = distinct;
        this.ofRow = ofRow;
    }

    /**
     * Makes them.
     *
     * @param unit null for a request without
     * @param sent what the request sends
     */
    static RowKeys of(KeyMaker keys, @Nullable String unit, String segment, List<Tensor> sent, int rows) {
        int[] ofRow = new int[rows];
        if (rows == 0) {
            return new RowKeys(List.of(), ofRow);
        }
        if (keys.oneForAllRows()) {
            String key = keys.of(unit, segment, sent, 0);
            Arrays.fill(ofRow, key == null ? NONE : 0);
            return new RowKeys(key == null ? List.of() : List.of(key), ofRow);
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            String key = keys.of(unit, segment, sent, row);
            ofRow[row] = key == null ? NONE : places.computeIfAbsent(key, k -> places.size());
        }
        return new RowKeys(List.copyOf(places.keySet()), ofRow);
    }

    /** The keys to ask for. */
    List<String> distinct() {
        return distinct;
    }

    /** The place of a row's key among them; negative if it has none. */
    int of(int row) {
        return ofRow[row];
    }
}
