package dev.ringside.benchmarks.serving;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A measure as it was found.
 *
 * @param key its name
 * @param about what it is
 * @param goal what it should be, where nothing else is done; null where it is only told
 * @param median of the rounds
 * @param rounds the value of each
 * @param beside medians of the raw figures that it was made of, by name; of this machine, in this hour
 */
public record ServingMeasured(
        String key, String about, @Nullable Goal goal, double median, List<Double> rounds, Map<String, Double> beside) {
    /** Copies the collections. */
    public ServingMeasured {
        rounds = List.copyOf(rounds);
    }

    /** A measure's, of its rounds and of the raw figures of each. */
    public static ServingMeasured of(Keyed measure, List<Double> rounds, Map<String, List<Double>> raw) {
        var beside = new LinkedHashMap<String, Double>();
        raw.forEach((name, all) -> beside.put(name, median(all)));
        return new ServingMeasured(measure.key(), measure.about(), measure.goal(), median(rounds), rounds, beside);
    }

    /** The middle of some values, or halfway between the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
