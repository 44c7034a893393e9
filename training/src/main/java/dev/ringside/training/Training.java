package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Lineage;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Evaluation;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.PartReport;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.export.ModelFolder;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.export.StoredModel;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.split.Parts;
import dev.ringside.training.split.TrainingSide;
import dev.ringside.training.transfer.Checkpoint;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.validation.Validation;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One training: from a configuration to a model file that has passed the parity gate, with its manifest. */
final class Training implements AutoCloseable {
    static final String SOFTWARE = "ringside " + version();

    private final TrainingConfiguration configuration;
    private final Progress progress;
    private final @Nullable StoredModel champion;

    Training(TrainingConfiguration configuration, Progress progress) throws IOException {
        this.configuration = configuration;
        this.progress = progress;
        Path folder = configuration.gates().champion();
        champion = folder == null ? null : new StoredModel(folder);
    }

    @Override
    public void close() {
        if (champion != null) {
            champion.close();
        }
    }

    /**
     * What came out.
     *
     * @param onnx the model file
     * @param manifest its manifest
     * @param parity what was compared with ONNX Runtime
     * @param acceptance what the gates say, and what people look at
     * @param checkpoint the file from which another training can go on; null where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once; never compared
    record Trained(
            byte[] onnx,
            ModelManifest manifest,
            ParityGate.Passed parity,
            Acceptance.Accepted acceptance,
            byte @Nullable [] checkpoint) {
        /** Writes the version's folder below the one for models. */
        ModelFolder write(Path models) throws IOException {
            Map<String, byte[]> others = new TreeMap<>();
            acceptance.files().forEach((name, text) -> others.put(name, text.getBytes(UTF_8)));
            if (checkpoint == null) {
                Files.deleteIfExists(models.resolve(manifest.slot())
                        .resolve(manifest.version())
                        .resolve(Checkpoint.FILE)); // of an earlier training of another kind
            } else {
                others.put(Checkpoint.FILE, checkpoint);
            }
            return ModelFolder.write(models, onnx, manifest, others);
        }
    }

    /**
     * The rows of each part.
     *
     * @param train the rows that teach
     * @param validation the rows that tell when to stop; null where there are none
     * @param test the rows that only measure
     * @param outside how many rows were left out
     * @param sha256 digest of what was read
     * @param validated what the validation found
     */
    record Data(
            TrainingSide train,
            @Nullable Table validation,
            Table test,
            long outside,
            String sha256,
            ValidationReport validated) {}

    /**
     * Reads the rows that the configuration names, cuts them into parts and validates them.
     *
     * @throws dev.ringside.training.dataset.InvalidData listing what keeps them from being trained on
     */
    Data read() throws IOException {
        progress.stage("reading "
                + String.join(
                        ", ",
                        configuration.source().files().values().stream()
                                .map(file -> String.valueOf(file.getFileName()))
                                .toList()));
        Dataset dataset = new DatasetReader(
                        configuration.source(), configuration.roles(), columns(), configuration.memory())
                .read(configuration.split().range());
        Table rows = dataset.rows();
        Parts parts = configuration.split().parts(rows, configuration.seed());
        int[] watched = parts.validation();
        TrainingSide train = parts.training(rows);
        Table validation = watched == null ? null : rows.select(watched);
        Table test = rows.select(parts.test());
        return new Data(
                train,
                validation,
                test,
                dataset.outside() + parts.outside(),
                dataset.sha256(),
                validated(rows, train.rows(), validation, test));
    }

    private ValidationReport validated(Table rows, Table train, @Nullable Table validation, Table test) {
        progress.stage("validating " + rows.size() + " rows");
        SequencedMap<String, Table> later = new LinkedHashMap<>();
        if (validation != null) {
            later.put("validation", validation);
        }
        later.put("test", test);
        ValidationReport report = new Validation(
                        configuration.validation(),
                        configuration.inputs(),
                        configuration.roles().label(),
                        configuration.seed())
                .report(rows, train, later);
        report.requireSound();
        return report;
    }

    /**
     * Fits a model and measures it on the validation part alone, for a search to compare it by.
     *
     * @return metrics by name, such as {@code validation_auc}
     */
    Map<String, Double> validate(Data data) {
        Table watched = data.validation();
        if (watched == null) {
            throw new IllegalStateException("a search compares by the validation part, and the split has none");
        }
        return metrics("validation", judged(fitted(data.train(), watched), watched), null);
    }

    private Predictor fitted(TrainingSide train, @Nullable Table watched) {
        return Estimators.of(configuration).fit(train, watched, new RunContext(configuration.seed(), progress));
    }

    /**
     * Fits, measures, exports and proves a model.
     *
     * @throws dev.ringside.training.export.ParityFailure if the exported file does not score as the model does
     */
    Trained train(Data data) {
        progress.stage("fitting to " + data.train().size() + " rows" + leftOut(data.outside()));
        Table watched = data.validation();
        Predictor predictor = fitted(data.train(), watched);
        progress.stage("measuring on " + data.test().size() + " rows");
        Map<String, Double> metrics = new TreeMap<>(predictor.facts());
        metrics.put("train_rows", (double) data.train().size());
        metrics.put("outside_rows", (double) data.outside());
        if (watched != null) {
            metrics.putAll(metrics("validation", judged(predictor, watched), null));
        }
        Judged test = judged(predictor, data.test());
        String groups = configuration.groups();
        String[] segments = groups == null ? null : data.test().texts(groups);
        metrics.putAll(metrics("test", test, segments));
        byte[] onnx = OnnxExporter.write(predictor, configuration.inputs());
        ParityGate.Passed parity = ParityGate.check(onnx, predictor, configuration.inputs(), data.test());
        progress.stage("asking the gates");
        Acceptance.Accepted acceptance =
                new Acceptance(configuration, champion).judge(predictor, onnx, parity, data.test(), test, segments);
        byte[] checkpoint = Checkpoint.of(predictor).map(Checkpoint::bytes).orElse(null);
        return new Trained(onnx, manifest(data, onnx, parity, metrics, checkpoint), parity, acceptance, checkpoint);
    }

    private static String leftOut(long outside) {
        return outside == 0 ? "" : "; " + outside + " rows that are in no part of the split are left out";
    }

    /** The features, and the columns that group metrics or rows where they are none of them. */
    private List<FeatureSpec> columns() {
        List<FeatureSpec> columns = new ArrayList<>(configuration.inputs());
        List<String> others = new ArrayList<>(configuration.split().columns());
        String groups = configuration.groups();
        if (groups != null) {
            others.add(groups);
        }
        for (String other : others) {
            if (columns.stream().noneMatch(column -> column.name().equals(other))) {
                columns.add(new FeatureSpec(other, FeatureType.CATEGORY));
            }
        }
        for (FeatureSpec input : champion == null ? List.<FeatureSpec>of() : champion.features()) {
            FeatureSpec own = columns.stream()
                    .filter(column -> column.name().equals(input.name()))
                    .findFirst()
                    .orElse(null);
            if (own == null) {
                columns.add(input);
            } else if (own.type() != input.type()) {
                throw new IllegalStateException("the champion reads '" + input.name() + "' as " + input.type()
                        + ", this training as " + own.type() + ": they cannot be compared on the same rows");
            }
        }
        return columns;
    }

    private Judged judged(Predictor predictor, Table rows) {
        return Acceptance.judged(configuration.roles().label(), rows, predictor.score(rows));
    }

    private Map<String, Double> metrics(String part, Judged judged, String @Nullable [] segments) {
        var evaluation = new Evaluation(configuration.payOffs());
        if (judged instanceof ScoredRows rows) {
            return evaluation.metrics(part, rows.labels(), rows.scores(), segments);
        }
        Map<String, Double> metrics = new TreeMap<>();
        for (PartReport report : evaluation.reports(part, judged, segments)) {
            String of = report.segment() == null ? "" : "/" + report.segment();
            metrics.put(part + "_rows" + of, (double) report.rows());
            report.metrics().forEach((name, estimate) -> metrics.put(part + "_" + name + of, estimate.value()));
        }
        return metrics;
    }

    private ModelManifest manifest(
            Data data,
            byte[] onnx,
            ParityGate.Passed parity,
            Map<String, Double> metrics,
            byte @Nullable [] checkpoint) {
        Transfer transfer = configuration.transfer();
        return new ModelManifest(
                configuration.slot(),
                configuration.version(),
                "onnx",
                Digests.sha256(onnx),
                OnnxExporter.signature(configuration.inputs()),
                parity.golden(),
                metrics,
                configuration.seed(),
                new Lineage(
                        data.sha256(),
                        configuration.text(),
                        configuration.parent(),
                        transfer == null ? null : transfer.parent().sha256(),
                        checkpoint == null ? null : Digests.sha256(checkpoint),
                        SOFTWARE),
                null);
    }

    private static String version() {
        String version = Training.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
