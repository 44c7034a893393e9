package dev.ringside.training.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.sampling.ClassWeights;
import dev.ringside.training.sampling.Copies;
import dev.ringside.training.sampling.DownSample;
import dev.ringside.training.sampling.Sampling;
import dev.ringside.training.sampling.SelfTraining;
import dev.ringside.training.sampling.Smote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingReaderTest {
    private static final String DOCUMENT = """
        slot: bank
        version: 1
        data: rows.csv
        label: yes
        features:
          - {name: age, type: integer}
          - {name: branch, type: integer, representation: [embedding]}
          - {name: job, type: category}
        model: {kind: logistic}
        split: {kind: random, train: 0.8, test: 0.2}
        """;

    @TempDir
    private Path folder;

    private TrainingConfiguration document(String yaml) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "age,branch,job,yes\n");
        return ConfigurationReader.read(Files.writeString(folder.resolve("c.yaml"), yaml), null, null);
    }

    private Sampling read(String sampling) throws IOException {
        return document(DOCUMENT.replace("embedding", "one_hot") + "sampling: " + sampling)
                .sampling();
    }

    private List<String> problems(String yaml) {
        return assertThrows(InvalidConfiguration.class, () -> document(yaml)).problems();
    }

    private List<String> sampling(String sampling) {
        return problems(DOCUMENT.replace("embedding", "one_hot") + "sampling: " + sampling);
    }

    @Test
    void readsEveryKindAndFillsInDefaults() throws IOException {
        assertEquals(
                Sampling.NONE,
                document(DOCUMENT.replace("embedding", "one_hot")).sampling());
        assertEquals(Sampling.NONE, read("{kind: none}"));
        assertEquals(new Sampling(new DownSample(1), 1), read("{kind: down_sample}"));
        assertEquals(new Sampling(new DownSample(2.5), 10), read("{kind: down_sample, ratio: 2.5, bags: 10}"));
        assertEquals(new Sampling(new Copies(4), 1), read("{kind: copies, ratio: 4}"));
        assertEquals(new Sampling(new ClassWeights(null), 1), read("{kind: weights, positive_weight: balanced}"));
        assertEquals(new Sampling(new ClassWeights(7.5), 1), read("{kind: weights, positive_weight: 7.5}"));
    }

    @Test
    void rowsMayLackALabelWhereSelfTrainingIsAskedForAndNowhereElse() throws IOException {
        String plain = DOCUMENT.replace("embedding", "one_hot");
        TrainingConfiguration asked = document(plain + "sampling: {kind: none, self_training: {confidence: 0.8}}");

        assertEquals(new SelfTraining.Settings(0.8, 3), asked.sampling().selfTraining());
        assertTrue(asked.roles().label().optional());
        assertFalse(document(plain).roles().label().optional());
        assertEquals(
                List.of(
                        "sampling.self_training.confidence: expected a number from 0.501 to 0.999999, found 0.3",
                        "sampling.self_training.round: unknown field; did you mean rounds?; the fields here are"
                                + " confidence, rounds"),
                sampling("{kind: none, self_training: {confidence: 0.3, round: 1}}"));
        assertEquals(
                List.of("sampling.self_training: a stack learns from folds of rows that have a label: expected"
                        + " combine: average, or no self_training"),
                problems(plain.replace(
                                "{kind: logistic}", "{kind: ensemble, combine: stacked, members: [{kind: logistic}]}")
                        + "sampling: {kind: none, self_training: {}}"));
    }

    @Test
    void aWholeNumberThatIsShownAsATextIsANameForSmote() throws IOException {
        assertEquals(new Sampling(new Smote(1, 3, Set.of("branch")), 1), read("{kind: smote, neighbours: 3}"));
    }

    @Test
    void allThatIsWrongIsListedTogether() {
        assertEquals(
                List.of(
                        "sampling.ratio: expected a number from 0.001 to 1000000.0, found 0",
                        "sampling.bags: expected a whole number from 1 to 1000, found 0",
                        "sampling.neighbours: unknown field; the fields here are kind, ratio, bags, self_training"),
                sampling("{kind: down_sample, ratio: 0, bags: 0, neighbours: 3}"));
        assertEquals(
                List.of("sampling.kind: expected none, down_sample, copies, smote or weights, found smite"),
                sampling("{kind: smite, ratio: 2}"));
        assertEquals(
                List.of("sampling.positive_weight: expected balanced or a number, found \"equal\""),
                sampling("{kind: weights, positive_weight: equal}"));
        assertEquals(
                List.of("sampling.bags: unknown field; the fields here are kind, ratio, self_training"),
                sampling("{kind: copies, bags: 3}"));
        assertEquals(
                List.of("sampling.kind: missing: expected none, down_sample, copies, smote or weights"),
                sampling("{}"));
    }

    @Test
    void positivesAreWeighedInOnePlaceOnly() throws IOException {
        String trees = DOCUMENT.replace(", representation: [embedding]", "")
                .replace("kind: logistic", "kind: trees, patience: 0, scale_pos_weight: 3");

        assertEquals(3, ((ModelChoice.Trees) document(trees).model()).positiveWeight());
        assertEquals(
                List.of("sampling: scale_pos_weight of the model weighs positives too: take one of both"),
                problems(trees + "sampling: {kind: copies}"));
        assertEquals(
                List.of("model: scale_pos_weight weighs positives, of which a label that is no binary one has none"),
                problems(trees.replace("label: yes", "label: {column: amount, kind: number}")));
    }

    @Test
    void whatTheDocumentCannotGiveIsRefused() {
        String plain = DOCUMENT.replace("embedding", "one_hot");
        assertEquals(
                List.of("sampling.kind: smote goes from one row towards another by their numbers, of which there are"
                        + " none: take copies, weights or down_sample"),
                problems(plain.replace("  - {name: age, type: integer}\n", "") + "sampling: {kind: smote}"));
        assertEquals(
                List.of("sampling.kind: smote makes rows that are in no fold, so 'job' as target would tell them their"
                        + " own label: represent it otherwise, or take copies, weights or down_sample"),
                problems(plain.replace("name: job, type: category", "name: job, type: category, representation: target")
                        + "sampling: {kind: smote}"));
        assertEquals(
                List.of("sampling.kind: balances two classes: expected none, as the label is no binary one, found"
                        + " copies"),
                problems(plain.replace("label: yes", "label: {column: amount, kind: number}")
                                .replace("kind: logistic", "kind: trees, patience: 0")
                        + "sampling: {kind: copies}"));
    }
}
