package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Texts and their places. */
final class Vocabulary {
    private Vocabulary() {}

    /** The texts that are there, sorted. */
    static List<String> of(Column.Categories column) {
        return Arrays.stream(column.codes())
                .distinct()
                .mapToObj(column.texts()::get)
                .sorted()
                .toList();
    }

    /**
     * The same texts, then new ones, sorted.
     *
     * @param leastRows how many rows a new one must have
     * @param most how many there may be in all
     */
    static List<String> grown(List<String> vocabulary, Column.Categories column, int leastRows, int most) {
        Set<String> known = new HashSet<>(vocabulary);
        int[] rows = new int[column.texts().size()];
        Arrays.stream(column.codes()).forEach(code -> rows[code]++);
        List<String> grown = new ArrayList<>(vocabulary);
        IntStream.range(0, rows.length)
                .filter(code -> rows[code] >= leastRows)
                .mapToObj(column.texts()::get)
                .filter(text -> !known.contains(text))
                .sorted()
                .limit(Math.max(0, most - vocabulary.size()))
                .forEach(grown::add);
        return grown;
    }

    /**
     * Each row's place.
     *
     * @param from the place of the vocabulary's first text
     * @param unknown the place of a text that is not in it
     */
    static int[] places(List<String> vocabulary, Column.Categories column, int from, int unknown) {
        Map<String, Integer> known = new HashMap<>();
        for (String text : vocabulary) {
            known.put(text, from + known.size());
        }
        int[] ofCode = column.texts().stream()
                .mapToInt(text -> known.getOrDefault(text, unknown))
                .toArray();
        return Arrays.stream(column.codes()).map(code -> ofCode[code]).toArray();
    }
}
