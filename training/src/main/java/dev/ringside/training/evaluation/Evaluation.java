package dev.ringside.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which metrics are computed of a part, over all its rows and for each of its segments, each with its interval. */
public final class Evaluation {
    private static final double LEVEL = 0.95;

    private final List<PayOff> payOffs;
    private final Bootstrap bootstrap;

    public Evaluation(List<PayOff> payOffs) {
        this(payOffs, Bootstrap.seeded(0));
    }

    public Evaluation(List<PayOff> payOffs, Bootstrap bootstrap) {
        this.payOffs = List.copyOf(payOffs);
        this.bootstrap = bootstrap;
    }

    /**
     * The metrics by name, without the costly intervals: {@code test_auc}, and {@code test_auc/SLC} for a group, with
     * the ends of its interval, {@code test_auc_low} and {@code test_auc_high}. What is not defined is left out.
     *
     * @param part the part's name
     * @param labels whether the row is a positive
     * @param scores its probability
     * @param groups the row's group; null for no groups
     */
    public Map<String, Double> metrics(
            String part, boolean[] labels, double[] scores, @Nullable String @Nullable [] groups) {
        ScoredRows rows = new ScoredRows(labels, scores);
        Map<String, Double> metrics = new TreeMap<>();
        add(metrics, part, "", rows);
        if (groups != null) {
            Segments.rows(groups).forEach((group, chosen) -> add(metrics, part, "/" + group, rows.select(chosen)));
        }
        return metrics;
    }

    private void add(Map<String, Double> metrics, String part, String group, ScoredRows rows) {
        metrics.put(part + "_rows" + group, (double) rows.size());
        metrics.put(part + "_log_loss" + group, LogLoss.of(rows));
        Auc.of(rows).map(area -> area.interval(LEVEL)).ifPresent(area -> {
            metrics.put(part + "_auc" + group, area.value());
            if (area.low() != null && area.high() != null) {
                metrics.put(part + "_auc_low" + group, area.low());
                metrics.put(part + "_auc_high" + group, area.high());
            }
        });
        for (PayOff payOff : payOffs) {
            metrics.put(part + "_" + payOff.name() + group, payOff.of(rows));
        }
    }

    /**
     * A report of all rows, then one of each segment by name.
     *
     * @param part the part's name
     * @param segments the row's segment, null for a row without one; null for no segments
     */
    public List<PartReport> reports(String part, Judged rows, @Nullable String @Nullable [] segments) {
        List<PartReport> reports = new ArrayList<>();
        reports.add(report(part, null, rows));
        if (segments != null) {
            RowArrays.requireLength("segment", segments.length, "label", rows.size());
            Segments.rows(segments)
                    .forEach((segment, chosen) -> reports.add(report(part, segment, rows.select(chosen))));
        }
        return reports;
    }

    private PartReport report(String part, @Nullable String segment, Judged judged) {
        Map<String, Estimate> metrics = switch (judged) {
            case Judged none when none.size() == 0 -> Map.of();
            case ScoredRows rows -> binary(rows);
            case PredictedRows rows -> Regression.estimates(rows, bootstrap);
            case ClassifiedRows rows -> MultiClass.estimates(rows, bootstrap);
        };
        Long positives = judged instanceof ScoredRows rows ? (Long) rows.positives() : null;
        return new PartReport(part, segment, judged.size(), positives, metrics);
    }

    private Map<String, Estimate> binary(ScoredRows rows) {
        double[] weights = RowArrays.weights(rows);
        Map<String, Estimate> metrics = new TreeMap<>();
        Auc.of(rows).ifPresent(area -> metrics.put("auc", area.interval(bootstrap.level())));
        metrics.put(
                "calibration_error",
                Estimate.of(Calibration.equalMass(rows, Calibration.BINS).error()));
        if (rows.positives() > 0) {
            metrics.put("average_precision", bootstrap.estimate(weights, byLabel(rows), new AveragePrecision(rows)));
        }
        // Means over all rows vary with how many positives were met: strata by label would hide that.
        List<Statistic> means = new ArrayList<>();
        means.add(Statistic.mean(LogLoss.losses(rows)));
        means.add(Statistic.mean(Brier.losses(rows)));
        payOffs.forEach(payOff -> means.add(Statistic.mean(payOff.values(rows))));
        List<Estimate> found = bootstrap.estimates(weights, null, means);
        metrics.put("log_loss", found.get(0));
        metrics.put("brier", found.get(1));
        for (int i = 0; i < payOffs.size(); i++) {
            metrics.put(payOffs.get(i).name(), found.get(2 + i));
        }
        return metrics;
    }

    /** Strata that hold every resample's positives and negatives as many as the rows have. */
    private static int[] byLabel(ScoredRows rows) {
        int[] strata = new int[rows.size()];
        for (int row = 0; row < strata.length; row++) {
            strata[row] = rows.labels()[row] ? 1 : 0;
        }
        return strata;
    }
}
