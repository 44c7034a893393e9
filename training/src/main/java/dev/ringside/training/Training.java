package dev.ringside.training;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Lineage;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Rows;
import dev.ringside.training.evaluation.Evaluation;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.learning.Learned;
import dev.ringside.training.learning.Learner;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One training: from a configuration to a model file that has passed the parity gate, with its manifest. */
final class Training {
    static final String SOFTWARE = "ringside " + version();

    private final TrainingConfiguration configuration;
    private final Progress progress;

    Training(TrainingConfiguration configuration, Progress progress) {
        this.configuration = configuration;
        this.progress = progress;
    }

    /**
     * What came out.
     *
     * @param onnx the model file
     * @param manifest its manifest
     * @param parity what was compared with ONNX Runtime
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once; never compared
    record Trained(byte[] onnx, ModelManifest manifest, ParityGate.Passed parity) {}

    /** Reads the rows that the configuration names. */
    Dataset read() throws IOException {
        progress.stage("reading " + configuration.source().data().getFileName());
        return new DatasetReader(configuration.source(), configuration.time(), configuration.label(), columns())
                .read(configuration.split());
    }

    /**
     * Fits, measures, exports and proves a model.
     *
     * @throws dev.ringside.training.export.ParityFailure if the exported file does not score as the model does
     */
    Trained train(Dataset dataset) {
        progress.stage("fitting to " + dataset.train().size() + " rows" + leftOut(dataset.outside()));
        Encoder encoder = Encoder.fit(dataset.train(), configuration.features());
        Rows watched = dataset.validation();
        Learned model = learner()
                .fit(
                        examples(encoder, dataset.train()),
                        watched == null ? null : examples(encoder, watched),
                        configuration.seed(),
                        progress);
        progress.stage("measuring on " + dataset.test().size() + " rows");
        Map<String, Double> metrics = new TreeMap<>(model.facts());
        metrics.put("train_rows", (double) dataset.train().size());
        metrics.put("outside_rows", (double) dataset.outside());
        if (watched != null) {
            metrics.putAll(metrics("validation", encoder, model, watched, null));
        }
        metrics.putAll(metrics("test", encoder, model, dataset.test(), groups(dataset.test())));
        byte[] onnx = OnnxExporter.write(encoder, model.layers());
        ParityGate.Passed parity = ParityGate.check(onnx, encoder, model, dataset.test());
        return new Trained(onnx, manifest(encoder, dataset, onnx, parity, metrics), parity);
    }

    private static String leftOut(long outside) {
        return outside == 0 ? "" : "; " + outside + " rows of other times than the split's are left out";
    }

    private Learner learner() {
        return switch (configuration.model()) {
            case ModelChoice.Logistic(double weightDecay) -> new LogisticLearner(weightDecay);
            case ModelChoice.Network network -> new NetworkLearner(network.settings());
        };
    }

    /** The features, and the column that groups the metrics where it is not one of them. */
    private List<FeatureSpec> columns() {
        List<FeatureSpec> columns = new ArrayList<>(configuration.features());
        String groups = configuration.groups();
        if (groups != null && columns.stream().noneMatch(column -> column.name().equals(groups))) {
            columns.add(new FeatureSpec(groups, FeatureType.CATEGORY));
        }
        return columns;
    }

    private static Examples examples(Encoder encoder, Rows rows) {
        return new Examples(encoder.encode(rows), rows.labels());
    }

    private Map<String, Double> metrics(
            String part, Encoder encoder, Learned model, Rows rows, String @Nullable [] groups) {
        return new Evaluation(configuration.payOffs())
                .metrics(part, rows.labels(), model.scorer().score(encoder.encode(rows)), groups);
    }

    private String @Nullable [] groups(Rows rows) {
        String groups = configuration.groups();
        if (groups == null) {
            return null;
        }
        return switch (rows.column(groups)) {
            case Column.Categories(String[] values) -> values;
            case Column.Integers(long[] values) ->
                Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new);
            case Column.Numbers _ ->
                throw new IllegalArgumentException(
                        "metrics.by: '" + groups + "' has any numbers, expected whole ones or texts");
        };
    }

    private ModelManifest manifest(
            Encoder encoder, Dataset dataset, byte[] onnx, ParityGate.Passed parity, Map<String, Double> metrics) {
        return new ModelManifest(
                configuration.slot(),
                configuration.version(),
                "onnx",
                Digests.sha256(onnx),
                OnnxExporter.signature(encoder),
                parity.golden(),
                metrics,
                configuration.seed(),
                new Lineage(dataset.sha256(), configuration.text(), configuration.parent(), SOFTWARE),
                null);
    }

    private static String version() {
        String version = Training.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
