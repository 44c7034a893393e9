package dev.ringside.contract.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody meant who wrote a name that does not exist. */
public final class Spelling {
    private Spelling() {}

    /**
     * The complaint about a field that does not exist.
     *
     * @param field as it was written
     * @param known the fields that there are
     */
    public static String unknown(String field, Collection<String> known) {
        String meant = nearest(field, known)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
        return "unknown field" + meant + (known.isEmpty() ? "" : "; the fields here are " + String.join(", ", known));
    }

    /** The name that is nearest to what was written, if one is near enough to have been meant. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(written, candidate) <= Math.max(2, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)));
    }

    /** Levenshtein's distance: how many letters must be changed, added or taken away. */
    public static int distance(String a, String b) {
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
