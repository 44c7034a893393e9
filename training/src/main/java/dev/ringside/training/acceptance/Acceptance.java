package dev.ringside.training.acceptance;

import ai.onnxruntime.OrtException;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.dataset.Task;
import dev.ringside.training.evaluation.ClassifiedRows;
import dev.ringside.training.evaluation.Evaluation;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.PartReport;
import dev.ringside.training.evaluation.PredictedRows;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import dev.ringside.training.evaluation.plot.Plots;
import dev.ringside.training.export.Exported;
import dev.ringside.training.export.OnnxModel;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.export.StoredModel;
import dev.ringside.training.gate.Evidence;
import dev.ringside.training.gate.Judgement;
import dev.ringside.training.gate.ModelCard;
import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.validation.ValidationReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether a trained model may challenge: measured on the test part, beside the champion where there is one. */
public final class Acceptance {
    private static final int CALLS = 300;

    private final TrainingConfiguration configuration;
    private final @Nullable StoredModel champion;
    private final ValidationReport validated;

    /**
     * @param champion the model in service; null for none
     * @param validated what was found of the rows
     */
    public Acceptance(TrainingConfiguration configuration, @Nullable StoredModel champion, ValidationReport validated) {
        this.configuration = configuration;
        this.champion = champion;
        this.validated = validated;
    }

    /**
     * What was found.
     *
     * @param judgement what the gates say
     * @param reports what it scored, all rows and segments
     * @param files what people look at, by the name of the file: the card and its plots
     */
    public record Accepted(Judgement judgement, List<PartReport> reports, Map<String, String> files) {}

    /**
     * Measures and judges a model.
     *
     * @param fitting how the fitting went
     * @param exported the model's file
     * @param test the test part
     * @param challenger the same with the model's scores
     * @param segments each row's segment; null for no segments
     */
    public Accepted judge(
            FittingHistory fitting, Exported exported, Table test, Judged challenger, String @Nullable [] segments) {
        byte[] onnx = exported.onnx();
        Label label = configuration.roles().label();
        Judged beside = champion == null ? null : judged(label, test, scores(champion, test));
        var evidence = new Evidence(
                challenger,
                beside,
                segments,
                new Evidence.Export(
                        onnx.length,
                        CALLS,
                        latency(onnx, test),
                        exported.parity().rows(),
                        exported.parity().largestDifference()),
                offPolicy(onnx, test));
        Judgement judgement = configuration
                .gates()
                .gates(label.kind(), configuration.payOffs(), ParityGate.TOLERANCE)
                .judge(evidence);
        List<PartReport> reports =
                new ArrayList<>(new Evaluation(configuration.payOffs()).reports("test", challenger, segments));
        if (beside != null) {
            reports.addAll(new Evaluation(configuration.payOffs()).reports("test, champion", beside, null));
        }
        tasks(onnx, test)
                .forEach((name, judged) ->
                        reports.addAll(new Evaluation(List.of()).reports("test, task " + name, judged, null)));
        Map<String, String> files = new TreeMap<>(validated.files());
        SequencedMap<String, String> plots = plots(challenger, beside, files);
        LossCurves.of(fitting.losses()).ifPresent(plot -> {
            files.put(LossCurves.FILE, plot.svg());
            plots.put("Loss of each pass", LossCurves.FILE);
        });
        plots.put("Columns in each part", ValidationReport.PICTURE);
        files.putAll(exported.embeddings());
        exported.embeddings().keySet().stream()
                .filter(file -> file.endsWith(".svg"))
                .forEach(file -> plots.put("Learnt vectors: " + file, file));
        files.put("card.md", card(fitting.facts(), reports, judgement, plots).markdown());
        return new Accepted(judgement, reports, files);
    }

    /** What the file says of the tasks beside the label, of the rows that have theirs. */
    private SequencedMap<String, Judged> tasks(byte[] onnx, Table test) {
        List<Task> tasks = configuration.roles().tasks();
        if (tasks.isEmpty()) {
            return new LinkedHashMap<>();
        }
        try (var model = new OnnxModel(onnx)) {
            List<double[]> scores = model.scoreAll(test, configuration.inputs());
            return Tasks.judged(tasks, test, scores.subList(1, scores.size()));
        } catch (OrtException e) {
            throw new IllegalStateException("the exported model cannot be run: " + e.getMessage(), e);
        }
    }

    /** Rows with what a model says of them. */
    public static Judged judged(Label label, Table rows, double[] scores) {
        return switch (label.kind()) {
            case BINARY -> new ScoredRows(rows.labels(), scores, rows.weights());
            case NUMBER -> new PredictedRows(rows.targets(), scores, rows.weights());
            case CLASSES -> new ClassifiedRows(rows.classes(), byRow(scores, label.scores()), rows.weights());
        };
    }

    private static double[][] byRow(double[] scores, int width) {
        double[][] rows = new double[scores.length / width][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(scores, row * width, (row + 1) * width));
        return rows;
    }

    private static double[] scores(StoredModel model, Table rows) {
        try {
            return model.score(rows);
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the champion " + model.name() + " cannot score the test rows: " + e.getMessage(), e);
        }
    }

    /** What 99 of 100 calls with one row take, after a third as many to warm up. */
    private Duration latency(byte[] onnx, Table rows) {
        long[] nanos = new long[CALLS];
        try (var model = new OnnxModel(onnx)) {
            Table some = rows.spread(CALLS);
            for (int i = -CALLS / 3; i < CALLS; i++) {
                List<Tensor> row =
                        some.select(new int[] {Math.floorMod(i, some.size())}).tensors(configuration.inputs());
                long started = System.nanoTime();
                model.score(row);
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - started;
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the exported model cannot be run: " + e.getMessage(), e);
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[CALLS * 99 / 100 - 1]);
    }

    /** What acting on the file's scores would have earned, where the test part is a log of actions. */
    private @Nullable OffPolicyResult offPolicy(byte[] onnx, Table test) {
        OffPolicySettings settings = configuration.gates().offPolicy();
        if (settings == null) {
            return null;
        }
        try (var model = new OnnxModel(onnx)) {
            return new OffPolicy(settings, configuration.roles().label().column())
                    .evaluate(test, rows -> scores(model, rows));
        } catch (OrtException e) {
            throw new IllegalStateException("the exported model cannot be run: " + e.getMessage(), e);
        }
    }

    private double[] scores(OnnxModel model, Table rows) {
        try {
            return model.score(rows, configuration.inputs());
        } catch (OrtException e) {
            throw new IllegalStateException("the exported model cannot score the test rows: " + e.getMessage(), e);
        }
    }

    private SequencedMap<String, String> plots(Judged challenger, @Nullable Judged beside, Map<String, String> files) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        if (challenger instanceof ScoredRows scored) {
            SequencedMap<String, ScoredRows> models = new LinkedHashMap<>();
            models.put(configuration.version(), scored);
            if (champion != null && beside instanceof ScoredRows other) {
                models.put("champion " + champion.name(), other);
            }
            files.put("roc.svg", Plots.roc(models).svg());
            files.put("precision-recall.svg", Plots.precisionRecall(models).svg());
            files.put("calibration.svg", Plots.calibration(models).svg());
            names.put("ROC curve", "roc.svg");
            names.put("Precision and recall", "precision-recall.svg");
            names.put("Calibration", "calibration.svg");
        }
        return names;
    }

    private ModelCard card(
            Map<String, Double> fitting,
            List<PartReport> reports,
            Judgement judgement,
            SequencedMap<String, String> plots) {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("label", configuration.roles().label().column());
        if (!configuration.roles().tasks().isEmpty()) {
            facts.put(
                    "tasks",
                    String.join(
                            ", ",
                            configuration.roles().tasks().stream()
                                    .map(task -> task.name() + " ("
                                            + task.label().column() + ", weight " + task.weight() + ")")
                                    .toList()));
        }
        facts.put(
                "inputs",
                String.join(
                        ", ",
                        configuration.inputs().stream()
                                .map(input -> input.name() + " (" + input.type().datatype() + ")")
                                .toList()));
        facts.put("model", configuration.model().toString());
        facts.put("sampling", configuration.sampling().toString());
        facts.put("seed", Long.toString(configuration.seed()));
        if (configuration.parent() != null) {
            facts.put("parent", configuration.parent());
        }
        if (champion != null) {
            facts.put("compared with", champion.name());
        }
        String schema = validated.schemaSha256();
        facts.put("schema", schema == null ? "none" : "sha256 " + schema);
        validated.metrics().forEach((name, value) -> facts.put(name, Double.toString(value)));
        new TreeMap<>(fitting).forEach((name, value) -> facts.put(name, value.toString()));
        List<String> limits = new ArrayList<>();
        limits.add("Measured on the test part alone, which says nothing of what an experiment would: outcomes of people"
                + " who were shown its scores.");
        if (champion == null) {
            limits.add("Compared with no champion: gates.champion names none.");
        }
        limits.addAll(validated.cautions());
        return new ModelCard(
                configuration.slot() + "/" + configuration.version(), facts, limits, reports, judgement, plots);
    }
}
