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
import dev.ringside.training.split.Shuffle;
import dev.ringside.training.split.TrainingSide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a document once for every way to sample, on the same rows with the same seed, and measures each on the test part.
 * Every model must pass the parity gate; none is written or registered.
 */
public final class SamplingComparison {
    private static final double LEVEL = 0.95;
    private static final int BAGS = 10;

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
     * @param hides whether half of the rows lose their label
     */
    private record Way(
            String name,
            @Nullable TrainingConfiguration configuration,
            @Nullable String refused,
            boolean hides) {
        Way hiding(String other) {
            return new Way(other, configuration, refused, true);
        }
    }

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
        List<Way> ways = new ArrayList<>(ways(tree, own));
        var preparation = new Preparation(own, List.of(), progress);
        Dataset read = preparation.rows();
        PartRows rows = preparation.parted(read);
        preparation.validated(read.rows(), rows);
        ways.addAll(selfTraining(tree, ways.getFirst(), rows.train()));
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
            ways.add(new Way("the document's own, " + tree.path("sampling"), own, null, false));
        }
        ways.add(way("class weights", tree, "{kind: weights, positive_weight: balanced}"));
        ways.add(way("down-sample", tree, "{kind: down_sample, ratio: 1}"));
        ways.add(way("bag of ten down-samples", tree, "{kind: down_sample, ratio: 1, bags: 10}"));
        ways.add(way("bag of ten", bagged(tree), "{kind: none}"));
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

    /** The document's model ten times, each fitted to rows drawn with replacement. */
    private static ObjectNode bagged(ObjectNode tree) {
        ObjectNode bagged = tree.deepCopy();
        if (bagged.path("model") instanceof ObjectNode model) {
            if (!model.path("kind").asText().equals("ensemble")) {
                ObjectNode ensemble = bagged.putObject("model").put("kind", "ensemble");
                ensemble.putArray("members").add(model);
                model = ensemble;
            }
            model.put("bags", BAGS);
        }
        return bagged;
    }

    /**
     * Self-training on the rows without a label. Where all have one, half of the rows lose it, and what is left teaches by
     * itself too.
     */
    private List<Way> selfTraining(ObjectNode tree, Way asTheyAre, TrainingSide train) {
        Way believing = way("self-training", tree, "{kind: none, self_training: {confidence: 0.9, rounds: 3}}");
        return train.unlabelled().size() > 0
                ? List.of(believing)
                : List.of(asTheyAre.hiding("half of the labels"), believing.hiding("self-training on the other half"));
    }

    /** Half of the rows, drawn by the document's seed, lose their label. */
    private static TrainingSide halved(TrainingSide train, long seed) {
        int[] order = IntStream.range(0, train.size()).toArray();
        Shuffle.shuffle(order, seed);
        return train.hiding(
                Arrays.stream(order).limit(order.length / 2).sorted().toArray());
    }

    private Way way(String name, ObjectNode tree, String sampling) {
        ObjectNode other = tree.deepCopy();
        other.set("sampling", Json.readYaml(sampling, JsonNode.class));
        try {
            return new Way(name, read(other), null, false);
        } catch (InvalidConfiguration e) {
            return new Way(name, null, String.join("; ", e.problems()), false);
        }
    }

    private Row row(Way way, PartRows rows) {
        TrainingConfiguration configuration = way.configuration();
        if (configuration == null) {
            return new Row(way.name(), null, way.refused());
        }
        try {
            TrainingSide train = way.hides() ? halved(rows.train(), configuration.seed()) : rows.train();
            long started = System.nanoTime();
            Predictor predictor = Estimators.of(configuration)
                    .fit(train, rows.validation(), new RunContext(configuration.seed(), progress));
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
