package dev.ringside.training.configuration;

import java.util.Collection;
import java.util.Comparator;

/** What somebody meant who wrote a field that does not exist. */
final class Spelling {
    private Spelling() {}

    static String unknown(String field, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(candidate -> distance(field, candidate)))
                .filter(candidate -> distance(field, candidate) <= Math.max(2, candidate.length() / 3))
                .map(candidate -> ", did you mean " + candidate + "?")
                .orElse("");
        return "unknown field" + nearest + "; the fields here are " + String.join(", ", known);
    }

    /** Levenshtein's distance: how many letters must be changed, added or taken away. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
