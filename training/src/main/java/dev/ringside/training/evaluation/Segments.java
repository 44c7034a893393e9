package dev.ringside.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which rows belong to which segment. */
public final class Segments {
    private Segments() {}

    /** The rows of each segment, by name; rows without a segment belong to none. */
    public static SortedMap<String, int[]> rows(@Nullable String[] segments) {
        SortedMap<String, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < segments.length; row++) {
            String segment = segments[row];
            if (segment != null) {
                rows.computeIfAbsent(segment, _ -> new ArrayList<>()).add(row);
            }
        }
        SortedMap<String, int[]> arrays = new TreeMap<>();
        rows.forEach((segment, list) ->
                arrays.put(segment, list.stream().mapToInt(Integer::intValue).toArray()));
        return arrays;
    }
}
