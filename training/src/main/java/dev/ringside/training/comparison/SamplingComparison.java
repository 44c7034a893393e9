package dev.ringside.training.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.comparison.ComparisonResult.Measured;
import dev.ringside.training.comparison.ComparisonResult.Row;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Dataset;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.AucDifference;
import dev.ringside.training.evaluation.Calibration;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.Evaluation;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.fitting.Estimators;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.sampling.Corrected;
import dev.ringside.training.split.PartRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a document once for every way to sample, on the same rows with the same seed, and measures each on the test part.
 * Every model must pass the parity gate; none is written or registered.
 */
public final class SamplingComparison {
    private static final double LEVEL = 0.95;

    private final Path document;
    private final GivenFiles given;
    private final @Nullable Long seed;
    private final Progress progress;
    private @Nullable Auc asTheyAre;

    /**
     * @param document the YAML file
     * @param given files that go before the document's
     * @param seed the seed to take in place of the document's; null for that one
     * @param progress told how it proceeds
     */
    public SamplingComparison(Path document, GivenFiles given, @Nullable Long seed, Progress progress) {
        this.document = document;
        this.given = given;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * One way to sample.
     *
     * @param name what it is called
     * @param configuration the document that asks for it; null where it cannot
     * @param refused why it cannot; null where it can
     */
    private record Way(
            String name,
            @Nullable TrainingConfiguration configuration,
            @Nullable String refused) {}

    /**
     * Compares.
     *
     * @throws InvalidConfiguration listing every problem of the document
     */
    public ComparisonResult run() throws IOException {
        JsonNode parsed = ConfigurationReader.parse(document);
        TrainingConfiguration own = read(parsed);
        if (own.roles().label().kind() != Label.Kind.BINARY || !(parsed instanceof ObjectNode tree)) {
            throw new InvalidConfiguration(
                    document.toString(),
                    List.of("label: expected a binary one for --compare sampling, which balances two classes"));
        }
        List<Way> ways = ways(tree, own);
        var preparation = new Preparation(own, List.of(), progress);
        Dataset read = preparation.rows();
        PartRows rows = preparation.parted(read);
        preparation.validated(read.rows(), rows);
        List<Row> measured = new ArrayList<>();
        for (Way way : ways) {
            progress.stage(way.name() + ", " + (measured.size() + 1) + " of " + ways.size());
            measured.add(row(way, rows));
        }
        return new ComparisonResult(
                own.slot(),
                own.version(),
                own.seed(),
                rows.train().size(),
                rows.test().size(),
                new ScoredRows(rows.test().labels(), new double[rows.test().size()]).positives(),
                measured);
    }

    private TrainingConfiguration read(JsonNode tree) {
        return ConfigurationReader.read(document, Json.yaml(tree), tree, given, seed);
    }

    /** The rows as they are, the document's own way if it has one, and all others at their defaults. */
    private List<Way> ways(ObjectNode tree, TrainingConfiguration own) {
        List<Way> ways = new ArrayList<>();
        ways.add(way("rows as they are", tree, "{kind: none}"));
        if (!own.sampling().none()) {
            ways.add(new Way("the document's own, " + tree.path("sampling"), own, null));
        }
        ways.add(way("class weights", tree, "{kind: weights, positive_weight: balanced}"));
        ways.add(way("down-sample", tree, "{kind: down_sample, ratio: 1}"));
        ways.add(way("bag of ten down-samples", tree, "{kind: down_sample, ratio: 1, bags: 10}"));
        ways.add(way("copies", tree, "{kind: copies, ratio: 1}"));
        ways.add(way("SMOTE", tree, "{kind: smote, ratio: 1, neighbours: 5}"));
        ObjectNode focal = tree.deepCopy();
        if (focal.path("model") instanceof ObjectNode model
                && model.path("kind").asText().equals("network")) {
            model.put("focal", 2);
            ways.add(way("focal loss, γ = 2", focal, "{kind: none}"));
        }
        return ways;
    }

    private Way way(String name, ObjectNode tree, String sampling) {
        ObjectNode other = tree.deepCopy();
        other.set("sampling", Json.readYaml(sampling, JsonNode.class));
        try {
            return new Way(name, read(other), null);
        } catch (InvalidConfiguration e) {
            return new Way(name, null, String.join("; ", e.problems()));
        }
    }

    private Row row(Way way, PartRows rows) {
        TrainingConfiguration configuration = way.configuration();
        if (configuration == null) {
            return new Row(way.name(), null, way.refused());
        }
        try {
            long started = System.nanoTime();
            Predictor predictor = Estimators.of(configuration)
                    .fit(rows.train(), rows.validation(), new RunContext(configuration.seed(), progress));
            double seconds = (System.nanoTime() - started) / 1e9;
            ParityGate.check(
                    OnnxExporter.write(
                            predictor,
                            configuration.inputs(),
                            configuration.roles().others()),
                    predictor,
                    configuration.inputs(),
                    rows.test(),
                    configuration.roles().others());
            return new Row(way.name(), measured(rows.test(), predictor, seconds), null);
        } catch (InvalidData e) {
            return new Row(way.name(), null, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private Measured measured(Table test, Predictor predictor, double seconds) {
        ScoredRows scored = scored(test, predictor);
        Auc auc = Auc.of(scored).orElseThrow();
        if (asTheyAre == null) {
            asTheyAre = auc;
        }
        Map<String, Estimate> metrics = new Evaluation(List.of())
                .reports("test", scored, null)
                .getFirst()
                .metrics();
        Predictor before = Corrected.before(predictor);
        return new Measured(
                auc.interval(LEVEL),
                AucDifference.between(auc, asTheyAre, LEVEL).estimate(),
                Objects.requireNonNull(metrics.get("average_precision")),
                Objects.requireNonNull(metrics.get("log_loss")),
                before == null ? null : (Double) error(scored(test, before)),
                error(scored),
                seconds);
    }

    private static ScoredRows scored(Table test, Predictor predictor) {
        return new ScoredRows(test.labels(), predictor.score(test), test.weights());
    }

    private static double error(ScoredRows rows) {
        return Calibration.equalMass(rows, Calibration.BINS).error();
    }
}
