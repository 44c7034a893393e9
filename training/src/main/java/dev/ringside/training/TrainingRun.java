package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.acceptance.Acceptance;
import dev.ringside.training.acceptance.LossCurves;
import dev.ringside.training.acceptance.Measurement;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.embedding.EmbeddingPages;
import dev.ringside.training.export.Exported;
import dev.ringside.training.export.ModelFolder;
import dev.ringside.training.fitting.Learnt;
import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.preparation.RefusedRows;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.run.RunFolder;
import dev.ringside.training.run.Step;
import dev.ringside.training.run.StepFiles;
import dev.ringside.training.run.Steps;
import dev.ringside.training.split.PartRows;
import dev.ringside.training.split.Parts;
import dev.ringside.training.transfer.Checkpoint;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One training, step after step, in its folder. What a step needs of those before it is taken from the folder where they
 * were done before; rows are read again, and a fitted model is put together again from its checkpoints.
 */
final class TrainingRun {
    private final TrainingConfiguration configuration;
    private final Training training;
    private final Steps steps;
    private final RefusedRows refused;
    private final @Nullable Path before;
    private @Nullable Dataset dataset;
    private @Nullable ValidationReport validated;
    private @Nullable Parts parts;
    private @Nullable PartRows data;
    private @Nullable Learnt learnt;
    private @Nullable FittingHistory fitted;
    private Measurement.@Nullable Evaluated evaluated;
    private @Nullable Exported exported;
    private Acceptance.@Nullable Accepted accepted;

    /** @param before the folder of a run that may have fitted the same, such as a search's best trial; null for none */
    TrainingRun(
            TrainingConfiguration configuration,
            Training training,
            RunFolder folder,
            @Nullable Path before,
            Progress progress)
            throws IOException {
        this.configuration = configuration;
        this.before = before;
        this.training = training;
        refused = new RefusedRows(folder.path().resolveSibling("refused"));
        steps = new Steps(folder, training.inputs(), progress::stage);
    }

    /**
     * What came out.
     *
     * @param exported the model file, and what was compared with ONNX Runtime
     * @param manifest its manifest
     * @param acceptance what the gates say, and what people look at
     */
    record Trained(Exported exported, ModelManifest manifest, Acceptance.Accepted acceptance) {
        /** Writes the version's folder below the one for models. */
        ModelFolder write(Path models) throws IOException {
            Map<String, byte[]> others = new TreeMap<>();
            acceptance.files().forEach((name, text) -> others.put(name, text.getBytes(UTF_8)));
            byte[] checkpoint = exported.checkpoint();
            if (checkpoint != null) {
                others.put(Checkpoint.FILE, checkpoint);
            }
            ModelFolder written = ModelFolder.write(models, exported.onnx(), manifest, others);
            removeOlder(models.resolve(manifest.slot()).resolve(manifest.version()), others.keySet());
            return written;
        }

        /** What only an earlier training of another kind left. */
        private static void removeOlder(Path folder, Set<String> written) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    boolean ours =
                            name.equals(Checkpoint.FILE) || name.equals(LossCurves.FILE) || EmbeddingPages.owns(name);
                    if (ours && !written.contains(name)) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Who takes a version when all is done. */
    @FunctionalInterface
    interface Delivery {
        /** Writes it, and registers it where that is wanted. */
        ModelFolder deliver(Trained trained) throws IOException, InterruptedException;
    }

    /** Does the steps up to one before the last, which registers. */
    void until(Step last) throws IOException {
        for (Step step : Step.values()) {
            if (step.compareTo(last) <= 0) {
                run(step);
                if (data != null && dataset != null) {
                    dataset = null; // each part has its rows
                    giveBack();
                }
            }
        }
    }

    /**
     * What Java does not need any more becomes the system's again, before libraries take as much in memory of their own:
     * by itself Java would collect it only when it needs more.
     */
    private static void giveBack() {
        System.gc();
    }

    private void run(Step step) {
        switch (step) {
            case VALIDATE -> validated = steps.step(step, RunFiles.VALIDATED, this::validate);
            case SPLIT -> parts = steps.step(step, RunFiles.PARTS, this::parts);
            case SAMPLE ->
                steps.step(
                        step,
                        StepFiles.json("rows.json", RunFiles.Sampled.class),
                        () -> new RunFiles.Sampled(
                                training.sample(data()), data().train().size()));
            case REPRESENT ->
                steps.step(
                        step,
                        StepFiles.bytes("representation.json"),
                        () -> StepFiles.text(training.represent(data().train().rows())));
            case TRAIN -> fitted = steps.step(step, RunFiles.FITTED, () -> learnt().history());
            case EVALUATE ->
                evaluated = steps.step(step, RunFiles.EVALUATED, () -> training.evaluate(predictor(), data()));
            case EXPORT -> exported = steps.step(step, RunFiles.EXPORTED, () -> training.export(predictor(), data()));
            case GATE ->
                accepted = steps.step(
                        step,
                        RunFiles.ACCEPTED,
                        () -> training.judge(
                                made(fitted), made(exported), made(evaluated).scores(), data(), made(validated)));
            case REGISTER -> throw new IllegalArgumentException("registers only what was trained");
        }
    }

    /** Does all steps that are not done, and hands the version over. */
    Delivered deliver(Delivery delivery) throws IOException, InterruptedException {
        until(Step.GATE);
        Exported model = made(exported);
        Map<String, Double> metrics = new TreeMap<>(made(evaluated).metrics());
        metrics.putAll(made(validated).metrics());
        Acceptance.Accepted judged = made(accepted);
        ModelManifest manifest = training.manifest(configuration.source().sha256(), model, metrics, judged.judgement());
        var trained = new Trained(model, manifest, judged);
        return new Delivered(trained, steps.always(Step.REGISTER, () -> delivery.deliver(trained)));
    }

    /**
     * What was handed over.
     *
     * @param trained what
     * @param folder where it was written
     */
    record Delivered(Trained trained, ModelFolder folder) {}

    Steps steps() {
        return steps;
    }

    private ValidationReport validate() {
        ValidationReport report;
        try {
            report = training.preparation().validated(dataset().rows(), data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refused.keep(report);
        report.requireSound("; see " + refused.page());
        return report;
    }

    private Dataset dataset() {
        if (dataset == null) {
            try {
                dataset = training.preparation().rows();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return dataset;
    }

    private Parts parts() {
        if (parts == null) {
            parts = training.preparation().parts(dataset().rows());
        }
        return parts;
    }

    private PartRows data() {
        if (data == null) {
            data = PartRows.of(dataset(), parts());
            if (validated != null) {
                dataset = null;
            }
        }
        return data;
    }

    private Predictor predictor() {
        return learnt().predictor();
    }

    private Learnt learnt() {
        if (learnt == null) {
            learnt = training.fit(data(), steps.checkpoints(Step.TRAIN, before));
        }
        return learnt;
    }

    private static <T> T made(@Nullable T made) {
        return Objects.requireNonNull(made, "the step before was not done");
    }
}
