package dev.ringside.training.features;

import dev.ringside.training.dataset.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
