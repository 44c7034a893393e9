package dev.ringside.training.split;

import dev.ringside.training.dataset.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Orders of rows that depend on a seed and nothing else. */
public final class Shuffle {
    private Shuffle() {}

    /** Shuffles in place (Fisher and Yates). */
    public static void shuffle(int[] values, long seed) {
        var random = new SplittableRandom(seed);
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /** All rows together, or those of each value of the label, in the order of the source. */
    static List<int[]> strata(Table rows, boolean byLabel) {
        if (!byLabel) {
            return List.of(IntStream.range(0, rows.size()).toArray());
        }
        var places = new TreeMap<Double, IntStream.Builder>();
        for (int row = 0; row < rows.size(); row++) {
            places.computeIfAbsent(rows.targets()[row], _ -> IntStream.builder())
                    .add(row);
        }
        List<int[]> strata = new ArrayList<>();
        places.values().forEach(stratum -> strata.add(stratum.build().toArray()));
        return strata;
    }

    /** A text's place from 0 to 1, evenly spread: FNV-1a, then {@link #mix}. */
    static double fraction(long seed, String text) {
        long hash = 0xcbf29ce484222325L ^ seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (mix(hash) >>> 11) * 0x1p-53;
    }

    /** The finaliser of SplitMix64 (Steele et al. 2014): values that are near each other end far apart. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
