package dev.ringside.training.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How much of the variance of the trials' values each parameter explains by itself, as ε² (Kelley 1935): trials are
 * grouped by the parameter, an interval's by quantiles, those without it apart, and ε² = (S_between − (k − 1) · s²_within)
 * / S_total, at least 0, which without an effect is 0 on average.
 *
 * <p>Only trials that ended well count. Interactions belong to no parameter, so the shares need not sum to 1; and TPE tries
 * few values of what it has found to matter, which makes their share less than after a random search.
 */
final class Importance {
    static final String METHOD = "share of the variance of the finished trials' values that is between groups of the"
            + " parameter's values (epsilon squared), each parameter by itself";
    private static final int FEWEST = 10;
    private static final int MOST_BINS = 5;

    private Importance() {}

    /** The share by parameter, the greatest first; none of fewer than ten trials. */
    static Map<String, Double> of(SearchSpace space, History history) {
        List<TrialRecord> finished = history.finished();
        Map<String, Double> shares = new LinkedHashMap<>();
        if (finished.size() < FEWEST) {
            return shares;
        }
        Map<String, Double> unsorted = new LinkedHashMap<>();
        space.parameters().forEach(parameter -> unsorted.put(parameter.name(), share(parameter, finished)));
        unsorted.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue()));
        return shares;
    }

    private static double share(Parameter parameter, List<TrialRecord> finished) {
        Map<Integer, List<Double>> groups = new LinkedHashMap<>();
        double[] edges = edges(parameter, finished);
        for (TrialRecord trial : finished) {
            Double at = trial.coordinates().get(parameter.name());
            groups.computeIfAbsent(at == null ? -1 : group(edges, at), _ -> new ArrayList<>())
                    .add(trial.value().orElseThrow());
        }
        double mean =
                mean(finished.stream().map(trial -> trial.value().orElseThrow()).toList());
        double between = 0;
        double within = 0;
        for (List<Double> group : groups.values()) {
            double own = mean(group);
            between += group.size() * (own - mean) * (own - mean);
            within += group.stream()
                    .mapToDouble(value -> (value - own) * (value - own))
                    .sum();
        }
        int free = finished.size() - groups.size();
        if (free <= 0 || between + within <= 0) {
            return 0;
        }
        double share = (between - (groups.size() - 1) * within / free) / (between + within);
        return Math.max(0, share);
    }

    /** What cuts an interval's values into groups of equal size; each choice is a group. */
    private static double[] edges(Parameter parameter, List<TrialRecord> finished) {
        if (parameter.domain() instanceof Domain.Choices choices) {
            return choices.grid();
        }
        double[] sorted = finished.stream()
                .map(trial -> trial.coordinates().get(parameter.name()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int bins = Math.clamp(sorted.length / 5, 1, MOST_BINS);
        double[] edges = new double[bins];
        for (int i = 0; i < bins; i++) {
            edges[i] = sorted.length == 0 ? 0 : sorted[i * sorted.length / bins];
        }
        return Arrays.stream(edges).distinct().toArray();
    }

    private static int group(double[] edges, double at) {
        int place = Arrays.binarySearch(edges, at);
        return place >= 0 ? place : -place - 2;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
