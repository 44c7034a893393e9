package dev.ringside.training.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Raw;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    private static final String GOOD = """
        slot: flights
        version: 2
        data: rows.csv
        source: rows.sql
        time: date
        label: late
        features:
          - {name: hour, type: integer}
          - {name: origin, type: category}
        model: {kind: network, hidden: [8, 4], epochs: 7}
        split:
          train: [2001-01-01, 2001-02-01]
          validation: [2001-02-01T00:00:00Z, 2001-02-15T12:00:00+01:00]
          test: [2001-03-01, 2001-04-01]
        metrics:
          by: origin
          value: {threshold: 0.2, right: 1, wrong: -0.25}
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "date,late,hour,origin\n");
        Files.writeString(folder.resolve("rows.sql"), "SELECT *\nFROM read_csv(getvariable('data'));\n");
    }

    private TrainingConfiguration read(String yaml) throws IOException {
        return ConfigurationReader.read(Files.writeString(folder.resolve("c.yaml"), yaml), null, null);
    }

    private List<String> problems(String yaml) {
        return assertThrows(InvalidConfiguration.class, () -> read(yaml)).problems();
    }

    @Test
    void readsEveryFieldAndFillsInDefaults() throws IOException {
        TrainingConfiguration configuration = read(GOOD);

        assertEquals("2", configuration.version());
        assertEquals(
                "SELECT *\nFROM read_csv(getvariable('data'))",
                configuration.source().query());
        assertEquals(folder.resolve("rows.csv"), configuration.source().files().get("data"));
        assertEquals(
                List.of(new FeatureSpec("hour", FeatureType.INTEGER), new FeatureSpec("origin", FeatureType.CATEGORY)),
                configuration.inputs());
        assertEquals(
                new ModelChoice.Network(NetworkSettings.plain(List.of(8, 4), 0, 0.001, 0, 512, 7, 5)),
                configuration.model());
        assertEquals(
                Instant.parse("2001-02-15T11:00:00Z"),
                ((Split.Periods) configuration.split()).validation().to());
        assertEquals(1, configuration.seed());
        assertEquals("origin", configuration.groups());
        assertEquals(List.of(new PayOff("value", 0.2, 1, -0.25)), configuration.payOffs());
        assertNull(configuration.parent());
    }

    @Test
    void everyKindOfModelIsShownAFeatureByItsTypeInItsOwnWay() throws IOException {
        String trees = GOOD.replace("kind: network, hidden: [8, 4], epochs: 7", "kind: trees, patience: 0")
                .replaceFirst(" *validation: .*\\n", "");
        TrainingConfiguration configuration = read(trees);

        assertEquals(
                List.of(List.of(new Raw.Settings()), List.of(new Embedding.Settings(1, 1))),
                configuration.features().stream()
                        .map(Represented::representations)
                        .toList());
        assertEquals(
                List.of("features: 'hour': trees split numbers as they are: take raw in place of piecewise and"
                        + " periodic"),
                problems(trees.replace("type: integer}", "type: integer, representation: periodic}")));
    }

    @Test
    void theMembersOfAnEnsembleAreShownWhatTheyCanLearnFrom() throws IOException {
        TrainingConfiguration configuration = read(GOOD.replace(
                        "kind: network, hidden: [8, 4], epochs: 7",
                        "kind: ensemble, members: [{kind: network, hidden: [4]}, {kind: trees}], bags: 2, seeds: 3,"
                                + " combine: stacked")
                .replace(
                        "type: integer}", "type: integer, representation: {kind: piecewise, bins: 4, dimensions: 2}}"));

        var ensemble = (ModelChoice.Ensemble) configuration.model();

        assertEquals(2, ensemble.bags());
        assertEquals(3, ensemble.seeds());
        assertEquals(5, ensemble.folds());
        assertEquals(
                List.of(new PiecewiseLinear.Settings(4, 2)),
                ensemble.members()
                        .getFirst()
                        .shown(configuration.features())
                        .getFirst()
                        .representations());
        assertEquals(
                List.of(new Raw.Settings()),
                ensemble.members()
                        .getLast()
                        .shown(configuration.features())
                        .getFirst()
                        .representations());
    }

    @Test
    void theLineageTextIsTheDocumentWithTheQueriesThatItNames() throws IOException {
        assertEquals(
                GOOD + "\n# rows.sql:\n#   SELECT *\n#   FROM read_csv(getvariable('data'));\n",
                read(GOOD).text());
    }

    @Test
    void theCommandsDataAndSeedTakeThePlaceOfTheDocuments() throws IOException {
        Path document = Files.writeString(folder.resolve("c.yaml"), GOOD.replace("data: rows.csv\n", ""));
        Path other = Files.writeString(folder.resolve("other.csv"), "date,late\n");

        TrainingConfiguration configuration = ConfigurationReader.read(document, other, 9L);

        assertEquals(other, configuration.source().files().get("data"));
        assertEquals(9, configuration.seed());
    }

    @Test
    void anInlineQueryReadsFromNamedViews() throws IOException {
        TrainingConfiguration configuration =
                read(GOOD.replace("source: rows.sql", "with: {rows: rows.sql}\nsource: SELECT * FROM rows"));

        assertEquals("SELECT * FROM rows", configuration.source().query());
        assertEquals(
                Map.of("rows", "SELECT *\nFROM read_csv(getvariable('data'))"),
                configuration.source().views());
    }

    @Test
    void listsAllProblemsTogetherEachWithItsField() {
        assertEquals(
                List.of(
                        "slot: expected 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit, found"
                                + " \"no slot\"",
                        "version: missing: expected the version's name",
                        "data: no such file: " + folder.resolve("none.parquet"),
                        "label: expected a text, found [1]",
                        "features[0].name: 'date' is the time or the label, which a model cannot be told",
                        "features[1].name: 'date' is there twice",
                        "features[1].name: 'date' is the time or the label, which a model cannot be told",
                        "features[1].type: expected number, integer, category, numbers or categories, found" + " text",
                        "model.hidden: expected whole numbers of 1 or more, found 0",
                        "model.batch: expected a whole number from 1 to 2147483647, found \"many\"",
                        "model.dropout: expected a number from 0.0 to 0.95, found 1.5",
                        "model.learnin_rate: unknown field; did you mean learning_rate?; the fields here are kind,"
                                + " architecture, hidden, activation, normalisation, residual, batch_ensemble, batch,"
                                + " dropout, learning_rate, weight_decay, focal, epochs, patience, clip, pretraining,"
                                + " accumulate, huber",
                        "split.train: the end 2001-01-01T00:00:00Z must be after the beginning 2001-02-01T00:00:00Z",
                        "split.validation: missing: expected two times such as [2001-01-01, 2001-04-01], the second"
                                + " not part of it",
                        "split.test: expected two times such as [2001-01-01, 2001-04-01], the second not part of it,"
                                + " found spring",
                        "seed: expected a whole number from 0 to 9223372036854775807, found 1.5",
                        "metrics.value.right: missing: expected a number",
                        "sed: unknown field; did you mean seed?; the fields here are slot, version, parent, data, with,"
                                + " source, time, label, weight, tasks, fine_tune, features, model, split, sampling, memory, seed,"
                                + " metrics, stop, refit, gates, off_policy, known_after, leaks, drift, schema, search"),
                problems("""
                    slot: no slot
                    data: none.parquet
                    time: date
                    label: [1]
                    features:
                      - {name: date, type: number}
                      - {name: date, type: text}
                    model: {kind: network, hidden: [8, 0], dropout: 1.5, learnin_rate: 1, batch: many}
                    split:
                      train: [2001-02-01, 2001-01-01]
                      test: [spring, 2001-04-01]
                    seed: 1.5
                    sed: 1
                    metrics:
                      value: {threshold: 0.2, wrong: -0.25}
                    """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: network, hidden: [8, 4], epochs: 7 | kind: tree | model.kind: expected logistic, network, trees"
                        + " or ensemble, found tree",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: trees, depth: 3 | model.depth: unknown field; the"
                        + " fields here are kind, rounds, learning_rate, max_depth, min_child_weight, subsample, columns,"
                        + " lambda, alpha, gamma, max_bins, patience, categories, huber, scale_pos_weight",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: trees, categories: sets | model.categories: expected"
                        + " one_hot or partition, found sets",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: ensemble, members: [{kind: trees}, {kind: ensemble}]"
                        + " | model.members[1].kind: expected logistic, network or trees, found ensemble",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: ensemble, members: [{kind: trees, rounds: 0}] |"
                        + " model.members[0].rounds: expected a whole number from 1 to 2147483647, found 0",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: ensemble, members: [{kind: trees}], combine: sum |"
                        + " model.combine: expected average or stacked, found sum",
                "type: integer} | type: integer, representation: raw} | features: 'hour': only trees take numbers as"
                        + " they are, missing ones too: take standard or another in place of raw",
                "kind: network, hidden: [8, 4], epochs: 7 | kind: logistic, hidden: [3] | model.hidden: unknown field;"
                        + " the fields here are kind, weight_decay",
                "hidden: [8, 4] | hidden: [] | model.hidden: expected at least one size; without hidden layers, take"
                        + " kind: logistic",
                "test: [2001-03-01 | test: [2001-02-01 | split: test begins at 2001-02-01T00:00:00Z, before validation"
                        + " ends at 2001-02-15T11:00:00Z",
                "validation: [2001-02-01 | validation: [2001-01-31 | split: validation begins at 2001-01-31T00:00:00Z,"
                        + " before train ends at 2001-02-01T00:00:00Z",
                "source: rows.sql | source: none.sql | source: cannot be read: {folder}/none.sql",
            })
    void namesTheFieldThatIsWrong(String good, String bad, String problem) {
        assertEquals(List.of(problem.replace("{folder}", folder.toString())), problems(GOOD.replace(good, bad)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'slot: a\nslot: b' | Duplicate field",
                "'slot: [a' | not valid",
                "'- a' | the document: expected fields"
            })
    void aDocumentThatIsNoMappingIsShownWhereItBreaks(String yaml, String problem) {
        assertTrue(
                problems(yaml).getFirst().contains(problem),
                () -> problems(yaml).toString());
    }

    @Test
    void aDocumentThatIsNotThereIsNamed() {
        String message = assertThrows(
                        InvalidConfiguration.class,
                        () -> ConfigurationReader.read(folder.resolve("none.yaml"), null, null))
                .getMessage();

        assertTrue(message.contains("none.yaml:\n  - cannot be read"), message);
    }
}
