package dev.ringside.training;

import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.acceptance.Acceptance;
import dev.ringside.training.acceptance.Measurement;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.distributed.Division;
import dev.ringside.training.embedding.EmbeddingPages;
import dev.ringside.training.export.Exported;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.export.StoredModel;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.fitting.Fitting;
import dev.ringside.training.fitting.Learnt;
import dev.ringside.training.gate.Judgement;
import dev.ringside.training.learning.Checkpoints;
import dev.ringside.training.learning.FittingHistory;
import dev.ringside.training.learning.Passes;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.run.Step;
import dev.ringside.training.sampling.Sample;
import dev.ringside.training.split.PartRows;
import dev.ringside.training.transfer.Checkpoint;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the steps of one training do, each from what those before it made. */
final class Training implements AutoCloseable {
    static final String SOFTWARE = "ringside " + version();

    private final TrainingConfiguration configuration;
    private final Progress progress;
    private final Measurement measurement;
    private final Preparation preparation;
    private final Division division;
    private final @Nullable StoredModel champion;

    Training(TrainingConfiguration configuration, Progress progress) throws IOException {
        this(configuration, progress, Division.none());
    }

    /** @param division who fits the model */
    Training(TrainingConfiguration configuration, Progress progress, Division division) throws IOException {
        this.configuration = configuration;
        this.progress = progress;
        this.division = division;
        this.measurement = new Measurement(configuration);
        Path folder = configuration.gates().champion();
        champion = folder == null ? null : new StoredModel(folder);
        preparation = new Preparation(configuration, champion == null ? List.of() : champion.features(), progress);
    }

    @Override
    public void close() {
        if (champion != null) {
            champion.close();
        }
    }

    /** What reads the rows and cuts them. */
    Preparation preparation() {
        return preparation;
    }

    /**
     * Fits a model and measures it on the validation part alone, for a search to compare it by.
     *
     * @param checkpoints where its fittings keep how far they are
     * @return metrics by name, such as {@code validation_auc}
     */
    Map<String, Double> validate(Checkpoints checkpoints) throws IOException {
        Dataset dataset = preparation.rows();
        PartRows data = preparation.parted(dataset);
        preparation.validated(dataset.rows(), data).requireSound("");
        if (configuration.fitting().folds() > 0) {
            Map<String, Double> metrics = new TreeMap<>();
            fitting()
                    .folds(data, checkpoints, new Passes())
                    .metrics()
                    .forEach((name, value) -> metrics.put(name.replaceFirst("^folds_", "validation_"), value));
            return metrics;
        }
        Table watched = data.validation();
        if (watched == null) {
            throw new IllegalStateException("a search compares by the validation part, and the split has none");
        }
        return measurement.watched(fit(data, checkpoints).predictor(), watched);
    }

    /** Draws once of the rows that teach, as a fitting to all of them does. */
    Sample sample(PartRows data) {
        return configuration
                .sampling()
                .sampler()
                .sample(
                        data.train(),
                        configuration.inputs(),
                        new RunContext(configuration.seed(), progress)
                                .derived("sampling", 0)
                                .seed());
    }

    /**
     * What encoders learn from the rows that teach.
     *
     * @param model what sees it
     * @param features each encoding of a feature, with what it learnt
     */
    record Shown(String model, List<Map<String, Object>> features) {}

    /** Lets encoders learn, for people to see, and so that what cannot be represented is known before any fitting. */
    List<Shown> represent(Table train) {
        progress.stage("representing " + configuration.inputs().size() + " features");
        List<Shown> all = new ArrayList<>();
        for (ModelChoice model : configuration.model().singles()) {
            Encoder encoder = Encoder.fit(train, model.shown(configuration.features()));
            all.add(new Shown(
                    model.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                    encoder.encodings().stream()
                            .map(encoding ->
                                    Map.of("kind", encoding.getClass().getSimpleName(), "learnt", (Object) encoding))
                            .toList()));
        }
        return all;
    }

    /** Fits a model, or goes on with what lies in the checkpoints. */
    Learnt fit(PartRows data, Checkpoints checkpoints) {
        progress.stage("fitting to " + data.train().size() + " rows" + leftOut(data.outside()));
        return fitting().fit(data, division.fitting(checkpoints));
    }

    /** Takes part in the fitting that another process leads, of the same rows in the same parts. */
    void follow() throws IOException {
        PartRows data = preparation.parted(preparation.rows());
        if (division.awaitFitting()) {
            fit(data, Checkpoints.none());
        }
    }

    private Fitting fitting() {
        return new Fitting(configuration, progress, division.parallelism(), measurement::held);
    }

    /** Measures a model on the parts that it was not fitted to. */
    Measurement.Evaluated evaluate(Predictor predictor, PartRows data) {
        progress.stage("measuring on " + data.test().size() + " rows");
        return measurement.of(predictor, data);
    }

    /**
     * Makes a model a file and proves it.
     *
     * @throws dev.ringside.training.export.ParityFailure if the file does not score as the model does
     */
    Exported export(Predictor predictor, PartRows data) {
        SequencedMap<String, Integer> others = configuration.roles().others();
        byte[] onnx = OnnxExporter.write(predictor, configuration.inputs(), others);
        return new Exported(
                onnx,
                ParityGate.check(onnx, predictor, configuration.inputs(), data.test(), others),
                Checkpoint.of(predictor).map(Checkpoint::bytes).orElse(null),
                EmbeddingPages.of(predictor.vectors()));
    }

    /**
     * Judges an exported model.
     *
     * @param fitting how its fitting went
     * @param validated what was found of its rows
     */
    Acceptance.Accepted judge(
            FittingHistory fitting, Exported exported, double[] scores, PartRows data, ValidationReport validated) {
        progress.stage("asking the gates");
        return new Acceptance(configuration, champion, validated)
                .judge(
                        fitting,
                        exported,
                        data.test(),
                        measurement.judged(data.test(), scores),
                        measurement.segments(data.test()));
    }

    /** What stands beside the file. */
    ModelManifest manifest(String dataSha256, Exported exported, Map<String, Double> metrics, Judgement judgement) {
        return Manifests.of(configuration, dataSha256, exported, metrics, judgement);
    }

    private static String leftOut(long outside) {
        return outside == 0 ? "" : "; " + outside + " rows that are in no part of the split are left out";
    }

    /** Digests of what each step depends on. */
    Map<Step, Map<String, String>> inputs() throws IOException {
        return RunInputs.of(
                configuration,
                preparation.columns(),
                champion == null ? null : champion.sha256(),
                division.parallelism());
    }

    private static String version() {
        String version = Training.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
