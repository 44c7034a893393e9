package dev.ringside.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which metrics are computed of a part: AUC, log loss and pay-offs, over all its rows and for each of its groups. */
public final class Evaluation {
    private final List<PayOff> payOffs;

    public Evaluation(List<PayOff> payOffs) {
        this.payOffs = List.copyOf(payOffs);
    }

    /**
     * The metrics by name: {@code test_auc}, and {@code test_auc/SLC} for a group. What is not defined is left out.
     *
     * @param part the part's name
     * @param labels whether the row is a positive
     * @param scores its probability
     * @param groups the row's group; null for no groups
     */
    public Map<String, Double> metrics(String part, boolean[] labels, double[] scores, String @Nullable [] groups) {
        Map<String, Double> metrics = new TreeMap<>();
        add(metrics, part, "", labels, scores);
        if (groups != null) {
            Map<String, List<Integer>> rows = new TreeMap<>();
            IntStream.range(0, groups.length)
                    .forEach(i -> rows.computeIfAbsent(groups[i], _ -> new ArrayList<>())
                            .add(i));
            rows.forEach((group, indices) -> {
                boolean[] groupLabels = new boolean[indices.size()];
                double[] groupScores = new double[indices.size()];
                for (int i = 0; i < groupLabels.length; i++) {
                    groupLabels[i] = labels[indices.get(i)];
                    groupScores[i] = scores[indices.get(i)];
                }
                add(metrics, part, "/" + group, groupLabels, groupScores);
            });
        }
        return metrics;
    }

    private void add(Map<String, Double> metrics, String part, String group, boolean[] labels, double[] scores) {
        metrics.put(part + "_rows" + group, (double) labels.length);
        metrics.put(part + "_log_loss" + group, LogLoss.of(labels, scores));
        Auc.of(labels, scores).ifPresent(auc -> metrics.put(part + "_auc" + group, auc));
        for (PayOff payOff : payOffs) {
            metrics.put(part + "_" + payOff.name() + group, payOff.of(labels, scores));
        }
    }
}
