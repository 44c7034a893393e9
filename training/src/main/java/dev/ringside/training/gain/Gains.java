package dev.ringside.training.gain;

import dev.ringside.training.distribution.StudentT;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Models compared over all groups together. A difference is that of the pooled figures, paired by group; its 95 % interval
 * takes groups as units: a ratio of sums, linearised (Cochran 1977, eq. 2.39).
 *
 * @param groups at least two
 */
record Gains(List<Group> groups) {
    private static final double LEVEL = 0.95;

    Gains {
        groups = List.copyOf(groups);
        if (groups.size() < 2) {
            throw new IllegalArgumentException("expected two groups or more with both classes, found " + groups.size());
        }
    }

    /**
     * All figures by name: {@code MODEL_log_loss} and {@code MODEL_auc}, in which pairs are those within a group; how much
     * less log loss than a model that begins anew ({@code MODEL_gain}) and than the champion ({@code MODEL_over_champion}),
     * and how much more AUC than a model that begins anew ({@code MODEL_auc_gain}), each with {@code _low} and {@code _high}.
     *
     * @param scratch the name of the model that begins anew
     * @param champion that of the one that others begin with
     */
    Map<String, Double> metrics(String scratch, String champion) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("groups", (double) groups.size());
        metrics.put("test_rows", sum(Group::rows));
        for (String model : groups.getFirst().losses().keySet()) {
            metrics.put(model + "_log_loss", ratio(loss(model), Group::rows));
            metrics.put(model + "_auc", ratio(ordered(model), Group::pairs));
            put(metrics, model + "_gain", less(loss(scratch), loss(model)), Group::rows);
            put(metrics, model + "_over_champion", less(loss(champion), loss(model)), Group::rows);
            put(metrics, model + "_auc_gain", less(ordered(model), ordered(scratch)), Group::pairs);
        }
        return metrics;
    }

    private static ToDoubleFunction<Group> loss(String model) {
        return group -> group.losses().getOrDefault(model, Double.NaN);
    }

    private static ToDoubleFunction<Group> ordered(String model) {
        return group -> group.ordered().getOrDefault(model, Double.NaN);
    }

    private static ToDoubleFunction<Group> less(ToDoubleFunction<Group> one, ToDoubleFunction<Group> other) {
        return group -> one.applyAsDouble(group) - other.applyAsDouble(group);
    }

    private double sum(ToDoubleFunction<Group> of) {
        return groups.stream().mapToDouble(of).sum();
    }

    private double ratio(ToDoubleFunction<Group> above, ToDoubleFunction<Group> below) {
        return sum(above) / sum(below);
    }

    private void put(
            Map<String, Double> metrics, String name, ToDoubleFunction<Group> above, ToDoubleFunction<Group> below) {
        double ratio = ratio(above, below);
        double squares = sum(group -> {
            double residual = above.applyAsDouble(group) - ratio * below.applyAsDouble(group);
            return residual * residual;
        });
        int n = groups.size();
        double half = StudentT.halfWidth(LEVEL, n - 1) * StrictMath.sqrt(squares * n / (n - 1)) / sum(below);
        metrics.put(name, ratio);
        metrics.put(name + "_low", ratio - half);
        metrics.put(name + "_high", ratio + half);
    }
}
