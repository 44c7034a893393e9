package dev.ringside.training.evaluation.plot;

import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.Calibration;
import dev.ringside.training.evaluation.OperatingPoint;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;

/** The plots of an evaluation; models by name, in the order of the legend. */
public final class Plots {
    /** A five-hundredth of an axis is about a pixel. */
    private static final double PIXEL = 1.0 / 500;

    private static final double LEVEL = 0.95;

    private Plots() {}

    /** The ROC curves, each with its area; a model that has no rows of one of the classes is left out. */
    public static Plot roc(SequencedMap<String, ScoredRows> models) {
        List<Line> lines = new ArrayList<>();
        models.forEach((name, rows) -> Auc.of(rows).ifPresent(area -> {
            List<Point> points = new ArrayList<>();
            points.add(new Point(0, 0));
            OperatingPoint.of(rows, PIXEL)
                    .forEach(point -> points.add(new Point(point.falsePositiveRate(), point.recall())));
            lines.add(new Line(name + ", AUC " + area.interval(LEVEL), points, false));
        }));
        return new Plot(
                "ROC curve",
                Axis.share("false positive rate: negatives acted on"),
                Axis.share("true positive rate: positives acted on"),
                new Line("by chance", List.of(new Point(0, 0), new Point(1, 1)), false),
                lines);
    }

    /** The precision-recall curves as steps; the reference is the share of positives among the first model's rows. */
    public static Plot precisionRecall(SequencedMap<String, ScoredRows> models) {
        List<Line> lines = new ArrayList<>();
        double share = Double.NaN;
        for (Map.Entry<String, ScoredRows> model : models.entrySet()) {
            List<OperatingPoint> found = OperatingPoint.of(model.getValue(), PIXEL);
            List<Point> points = new ArrayList<>();
            double recall = 0;
            for (OperatingPoint point : found) {
                points.add(new Point(recall, point.precision()));
                points.add(new Point(point.recall(), point.precision()));
                recall = point.recall();
            }
            if (!found.isEmpty()) {
                lines.add(new Line(model.getKey(), points, false));
                share = Double.isNaN(share) ? found.getLast().precision() : share;
            }
        }
        Line chance = Double.isNaN(share)
                ? null
                : new Line(
                        String.format(Locale.ROOT, "by chance, %.4f", share),
                        List.of(new Point(0, share), new Point(1, share)),
                        false);
        return new Plot(
                "Precision and recall",
                Axis.share("recall: positives acted on"),
                Axis.share("precision: positives among those acted on"),
                chance,
                lines);
    }

    /** The reliability curves in ten bins of equal mass, each share of positives with its 95 % interval. */
    public static Plot calibration(SequencedMap<String, ScoredRows> models) {
        List<Line> lines = new ArrayList<>();
        models.forEach((name, rows) -> {
            Calibration calibration = Calibration.equalMass(rows, Calibration.BINS);
            List<Point> points = calibration.bins().stream()
                    .map(bin -> new Point(
                            bin.meanScore(),
                            bin.positives().value(),
                            bin.positives().low(),
                            bin.positives().high()))
                    .toList();
            lines.add(new Line(
                    String.format(Locale.ROOT, "%s, calibration error %.4f", name, calibration.error()), points, true));
        });
        // Rare positives would crowd into a corner of axes from 0 to 1.
        double end = StrictMath.min(
                1,
                Axis.around("", DoubleStream.concat(DoubleStream.of(0, 0.01), ends(lines)))
                        .high());
        return new Plot(
                "Calibration",
                new Axis("mean score of a bin", 0, end),
                new Axis("share of positives, 95 % interval", 0, end),
                new Line("calibrated", List.of(new Point(0, 0), new Point(end, end)), false),
                lines);
    }

    private static DoubleStream ends(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(point.x(), point.high() == null ? point.y() : point.high()));
    }

    /**
     * Curves over epochs, from epoch 1.
     *
     * @param title such as {@code Training}
     * @param measure the vertical axis, such as {@code log loss}
     * @param curves the value after each epoch
     */
    public static Plot training(String title, String measure, SequencedMap<String, double[]> curves) {
        List<Line> lines = new ArrayList<>();
        int epochs = 0;
        for (Map.Entry<String, double[]> curve : curves.entrySet()) {
            List<Point> points = new ArrayList<>();
            for (double value : curve.getValue()) {
                points.add(new Point(points.size() + 1, value));
            }
            epochs = StrictMath.max(epochs, points.size());
            lines.add(new Line(curve.getKey(), points, points.size() <= 1));
        }
        return new Plot(
                title,
                new Axis("epoch", epochs > 1 ? 1 : 0, StrictMath.max(epochs, 2)),
                Axis.around(measure, curves.values().stream().flatMapToDouble(DoubleStream::of)),
                null,
                lines);
    }
}
