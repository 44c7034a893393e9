package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainValidationTest extends GamesTraining {
    private Path document(String... replaced) throws IOException {
        Path document = configuration(LOGISTIC);
        String text = Files.readString(document);
        for (int i = 0; i < replaced.length; i += 2) {
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return Files.writeString(document, text);
    }

    private int offline(Path document) {
        return train(document, "--offline", "--out", folder.resolve("models"));
    }

    private void assertStopped(Path document, String... complaints) {
        assertEquals(2, offline(document), output::toString);
        String said = errors.toString();
        Arrays.stream(complaints).forEach(complaint -> assertTrue(said.contains(complaint), said));
        assertFalse(said.contains("fitting"), said);
        assertEquals(
                said.contains("the rows do not pass validation")
                        ? List.of("drift.svg", "validation.json", "validation.md")
                        : List.of(),
                written());
    }

    private List<String> written() {
        Path models = folder.resolve("models");
        if (!Files.exists(models)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(models)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theLabelAsAFeatureUnderAnotherNameStopsTheRunBeforeFitting() throws IOException {
        assertStopped(
                document(
                        "data: rows.csv",
                        "data: rows.csv\nsource: SELECT *, CAST(won AS INTEGER) AS result FROM"
                                + " read_csv(getvariable('data'))",
                        "features:\n",
                        "features:\n  - {name: result, type: integer}\n"),
                "leaks: feature 'result' by itself predicts the label with an AUC of 1.0000");
    }

    @Test
    void theLabelUnderItsOwnNameIsRefusedWithTheDocument() throws IOException {
        assertStopped(
                document("features:\n", "features:\n  - {name: won, type: integer}\n"),
                "features[0].name: 'won' is the time or the label, which a model cannot be told");
    }

    @Test
    void aColumnThatIsKnownTooLateIsRefusedAsAFeature() throws IOException {
        assertStopped(
                document("model:", "known_after: {amount: the game}\nmodel:"),
                "features: 'amount' is known only after the game (known_after), so no request can carry it");
    }

    @Test
    void aSchemaIsLearntAndHoldsLaterRowsAndIsPartOfTheLineage() throws IOException {
        Path schema = folder.resolve("schema.yaml");
        Path document = document("model:", "schema: schema.yaml\nmodel:");

        assertEquals(0, train(document, "--write-schema", schema), errors::toString);
        assertTrue(output.toString().contains("learnt a schema of 3 columns from 2400 rows"), output::toString);
        assertTrue(
                Files.readString(schema).contains("number: {type: integer, range: [0, 6], missing: 0}"),
                () -> output.toString());
        assertEquals(0, offline(document), errors::toString);
        ModelManifest manifest =
                Json.read(Files.readString(folder.resolve("models/games/v2/manifest.json")), ModelManifest.class);
        assertTrue(
                manifest.lineage()
                        .configuration()
                        .contains("#   number: {type: integer, range: [0, 6]".replace("#   ", "#     ")),
                manifest.lineage()::configuration);

        Files.writeString(
                schema,
                Files.readString(schema)
                        .replace("range: [0, 6]", "range: [0, 4]")
                        .replace("\"C\"", "\"D\""));
        assertEquals(2, offline(document));
        String said = errors.toString();
        assertTrue(
                said.contains("schema: column 'number': expected numbers in [0, 4], found others in 685 of 2400"),
                said);
        assertTrue(said.contains("5 in row 6, 6 in row 7"), said);
        assertTrue(
                said.contains("schema: column 'city': expected one of [A, B, D], found others in 800 of 2400"), said);
        assertTrue(said.contains("'C' in row 3"), said);
    }

    @Test
    void aSchemaThatPeopleMayHaveEditedIsNotOverwritten() throws IOException {
        Path schema = Files.writeString(folder.resolve("schema.yaml"), "columns: {}\n");

        assertEquals(1, train(document(), "--write-schema", schema));

        assertTrue(errors.toString().contains("exists: name a new file"), errors::toString);
        assertEquals("columns: {}\n", Files.readString(schema));
    }

    @Test
    void mistakesOfASchemaAreListedWithTheOthersOfTheDocument() throws IOException {
        Files.writeString(folder.resolve("schema.yaml"), """
                columns:
                  number: {type: whole, range: [5, 1]}
                  city: {type: category, range: [0, 1], mising: 0.5}
                """);

        assertStopped(
                document("model:", "schema: schema.yaml\nleaks: {auc: 2, allow: {none: why}}\ndrift: {psy: 1}\nmodel:"),
                "schema.columns.number.type: expected number, integer, category, numbers or categories, found whole",
                "schema.columns.number.range: expected two numbers in order, found [5, 1]",
                "schema.columns.city.range: texts have none: expected values",
                "schema.columns.city.mising: unknown field; did you mean missing?",
                "leaks.auc: expected a number from 0.501 to 1.0, found 2",
                "leaks.allow: 'none' is none of the columns that are looked at",
                "drift.psy: unknown field; did you mean psi?");
    }

    @Test
    void whatTheSchemaTheLeaksAndTheDriftSayIsListedTogether() throws IOException {
        assertStopped(
                document(
                        "data: rows.csv",
                        "data: rows.csv\nsource: SELECT * REPLACE (CASE WHEN time < TIMESTAMP '2020-03-01' THEN amount"
                                + " ELSE amount + 1 END AS amount), won AS result FROM read_csv(getvariable('data'))",
                        "features:\n",
                        "features:\n  - {name: result, type: integer}\n",
                        "model:",
                        "schema: {columns: {number: {type: integer, range: [0, 5]}, amount: {type: number}, city: {type:"
                                + " category}, result: {type: integer}}}\ndrift: {psi: 0.25}\nmodel:"),
                "schema: column 'number'",
                "leaks: feature 'result'",
                "drift: column 'amount' moved between train and test: PSI");
        assertFalse(errors.toString().contains("moved between train and validation"), errors::toString);
    }

    @Test
    void whatTheSchemaSaysIsListedAlsoOfRowsThatMakeNoParts() throws IOException {
        assertEquals(
                2,
                offline(document(
                        "2020-03-01, 2020-05-01",
                        "2030-03-01, 2030-05-01",
                        "model:",
                        "schema: {columns: {number: {type: integer, range: [0, 4]}, amount: {type: number}, city:"
                                + " {type: category}}}\nmodel:")));

        assertTrue(errors.toString().contains("schema: column 'number'"), errors::toString);
        assertTrue(errors.toString().contains("  - test: no row"), errors::toString);
        assertEquals(List.of(), written());
    }

    @Test
    void theReportOfRefusedRowsIsKeptUntilOnesThatPass() throws IOException {
        Path drifting = document(
                "model:",
                "schema: {columns: {number: {type: integer, range: [0, 4]}, amount: {type:"
                        + " number}, city: {type: category}}}\nmodel:");

        assertEquals(2, offline(drifting));

        Path refused = folder.resolve("models/games/v2/refused");
        assertTrue(
                errors.toString().contains("nothing was fitted; see " + refused.resolve("validation.md")),
                errors::toString);
        assertTrue(Files.readString(refused.resolve("validation.md")).contains("- **schema: column 'number'"));
        assertEquals(0, offline(document()), errors::toString);
        assertFalse(Files.exists(refused));
    }

    @Test
    void noTrialOfASearchIsSpentOnRowsThatAreRefused() throws IOException {
        assertEquals(
                2,
                offline(document(
                        "model:",
                        "schema: {columns: {number: {type: integer, range: [0, 4]}, amount: {type: number}, city: {type:"
                                + " category}}}\nsearch: {trials: 2, metric: validation.log_loss, space: {model.weight_decay:"
                                + " {low: 0.001, high: 0.1}}}\nmodel:")));

        assertTrue(errors.toString().contains("schema: column 'number'"), errors::toString);
        assertFalse(errors.toString().contains("trial 1"), errors::toString);
        assertEquals(List.of(), written());
    }

    @Test
    void whatWasSeenStandsBesideTheModelAndInItsCardAndManifest() throws IOException {
        assertEquals(0, offline(document()), errors::toString);

        Path version = folder.resolve("models/games/v2");
        String card = Files.readString(version.resolve("card.md"));
        assertTrue(card.contains("](drift.svg)"), card);
        assertTrue(card.contains("single\\_feature\\_largest\\_auc"), card);
        assertTrue(Files.readString(version.resolve("validation.md")).contains("| city | category |"), card);
        ModelManifest manifest = Json.read(Files.readString(version.resolve("manifest.json")), ModelManifest.class);
        double psi = manifest.metrics().get("drift_largest_psi");
        assertTrue(psi > 0 && psi < 0.25, () -> manifest.metrics().toString());
    }

    @Test
    void aLogOfActionsGatesWhatActingOnTheScoresWouldHaveEarned() throws Exception {
        Duck.write(folder.resolve("log.csv"), """
                SELECT chr(CAST(65 + hash(i) % 3 AS INTEGER)) AS city, chr(CAST(97 + hash(i + 1000000) % 3 AS INTEGER))
                       AS offer, 1 / 3 AS chance, CASE WHEN hash(i) % 3 = hash(i + 1000000) % 3 THEN .6 ELSE .2 END
                       > hash(i + 2000000) % 1000 / 1000 AS bought
                FROM range(12000) t(i)
                """);
        String log = """
                slot: offers
                version: %s
                data: log.csv
                label: bought
                features:
                  - {name: city, type: category}
                  - {name: offer, type: category}
                model: {kind: trees, rounds: 40, patience: 0}
                split: {kind: random, train: 0.5, test: 0.5}
                off_policy: {action: offer, propensity: chance, explore: %s, effective_size: %s}
                """;

        assertEquals(
                0,
                offline(Files.writeString(folder.resolve("wide.yaml"), log.formatted("v1", "0.1", "1000"))),
                output::toString);
        assertEquals(1, offline(Files.writeString(folder.resolve("narrow.yaml"), log.formatted("v2", "0", "4000"))));

        String said = output.toString();
        assertTrue(said.contains("passed off_policy_gain: 0.5"), said);
        assertTrue(said.contains("REFUSED by off_policy_gain: the 6000 rounds of the log tell as much"), said);
        assertTrue(said.contains("at least 4000 are asked for"), said);
    }

    @Test
    void mistakesOfALogOfActionsAreListedWithTheDocument() throws IOException {
        assertStopped(
                document("model:", "off_policy: {action: amount, propensity: number, margn: 1}\nmodel:"),
                "off_policy.action: 'amount' is no feature of type category or integer",
                "off_policy.propensity: 'number' is a feature: it is known only after the choice",
                "off_policy.margn: unknown field; did you mean margin?");
    }
}
