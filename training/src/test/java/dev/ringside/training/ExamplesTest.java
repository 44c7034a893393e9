package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.training.SharedFolder.DataNeeded;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The examples from their document to a file that the model server answers from as the trainer scored, on a few of their
 * rows and in a few passes. What they score is shown where they run on all of them: {@link AdultExampleTest}, {@link
 * DeepNetworksTest}, {@link ExampleValidationTest}.
 */
@Tag("slow")
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();
    private static final Path DEMO = Path.of("../demo").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int train(Path document, Object... arguments) {
        CommandLine command = Train.command();
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(errors, true));
        List<String> all = new ArrayList<>(List.of(
                document.toString(),
                "--offline",
                "--out",
                folder.resolve("models").toString()));
        Stream.of(arguments).map(Object::toString).forEach(all::add);
        return command.execute(all.toArray(String[]::new));
    }

    /** An example in a few passes, with what stands beside it where it is now. */
    private String small(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name + ".yaml"))
                .replaceAll("epochs: \\d+", "epochs: 2")
                .replaceAll("rounds: \\d+", "rounds: 20")
                .replaceAll("patience: \\d+", "patience: 2")
                .replace("../../demo/", DEMO + "/")
                .replace(
                        "bank-schema.yaml", EXAMPLES.resolve("bank-schema.yaml").toString());
    }

    private Path written(String name, String document) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), document);
    }

    /** Where a gate refuses what two passes have learnt, that is not the example's fault. */
    private void assertTrained(int status, Path document, String version) throws Exception {
        assertTrue(status == 0 || output.toString().contains("REFUSED by "), errors::toString);
        ServedModel.assertScoresAsTrained(
                document, null, folder.resolve("models").resolve(version));
    }

    @Test
    void everyExampleIsTrainedHereOrByTheTestOfDeepNetworksButTheOneThatValidationStops() throws Exception {
        List<String> here = List.of(
                "adult",
                "adult-ensemble",
                "adult-transformer",
                "bank",
                "distributed",
                "elec-shuffled",
                "fine-tune",
                "fine-tune-champion",
                "from-the-log",
                "search");
        List<String> elsewhere = List.of("elec", "sequences", "vanishing");
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertEquals(
                    Stream.concat(here.stream(), elsewhere.stream()).sorted().toList(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("bank-schema.yaml"))
                            .map(name -> name.substring(0, name.length() - ".yaml".length()))
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "adult, income/trees-1",
        "adult-ensemble, income/stack-1",
        "adult-transformer, income/transformer-1",
        "bank, bank/network-1",
        "distributed, income/distributed-1",
        "elec-shuffled, price/trees-shuffled-1"
    })
    @DataNeeded
    void anExampleOfSharedDataIsTrainedAndServed(String name, String version) throws Exception {
        String data = SharedFolder.data().toAbsolutePath().toString();
        Files.writeString(
                folder.resolve("some.sql"),
                "SELECT * FROM (\n"
                        + Files.readString(EXAMPLES.resolve("adult.sql")).strip() + "\n) WHERE hash(fnlwgt) % 10 = 0");
        String document =
                small(name).replace("../../../shared/data", data).replace("source: adult.sql", "source: some.sql");

        Path small = written(name, document);
        assertTrained(train(small), small, version);
    }

    /** Two of the demo's origins have but a few flights, and the others a sixth of theirs. */
    @Test
    void fineTuningBeginsWithTheExamplesChampion() throws Exception {
        Path flights = folder.resolve("flights.parquet");
        Duck.write(
                flights,
                "SELECT date, delay, distance, origin, destination FROM read_parquet('" + DEMO
                        + "/flights.parquet', file_row_number = true) WHERE file_row_number % 6 = 0 AND (origin NOT IN"
                        + " ('BNA', 'SLC') OR file_row_number % 30 = 0 OR date >= TIMESTAMP '2001-04-01')");
        List<Path> documents = new ArrayList<>();
        for (String name : List.of("fine-tune-champion", "fine-tune")) {
            documents.add(written(
                    name,
                    small(name)
                            .replace("../../../shared/data/flights-3m.parquet", flights.toString())
                            .replace("hash(row) % 10", "hash(row) % 2")
                            .replace("memory: 4GB", "memory: 1GB")));
        }

        assertTrained(train(documents.getFirst()), documents.getFirst(), "flight-delay/large-1");
        assertTrained(train(documents.getLast()), documents.getLast(), "flight-delay/small-1");

        assertTrue(output.toString().contains(" champion_auc: AUC on "), output::toString);
        JsonNode manifest = Json.read(
                Files.readString(folder.resolve("models/flight-delay/small-1/manifest.json")), JsonNode.class);
        assertEquals("flight-delay/large-1", manifest.at("/lineage/parent").asText());
    }

    @Test
    void theExampleFromTheLogReadsTheRowsThatAreMadeOfIt() throws Exception {
        Path rows = folder.resolve("rows.parquet");
        Duck.write(
                rows,
                "SELECT date AS predicted_at, origin AS predicted_in, CAST(delay > 15 AS DOUBLE) AS late,"
                        + " CAST(distance AS BIGINT) AS distance, hour(date) AS hour, isodow(date) AS weekday, origin,"
                        + " hash(date) % 30 AS origin_flights_3h, CAST(hour(date) / 48 AS FLOAT) AS origin_late_share_3h,"
                        + " hash(date, 2) % 30 AS destination_flights_6h, CAST(.25 AS FLOAT) AS destination_late_share_6h"
                        + " FROM read_parquet('" + DEMO + "/flights.parquet', file_row_number = true)"
                        + " WHERE date >= TIMESTAMP '2001-04-01' AND date < TIMESTAMP '2001-06-01'"
                        + " AND file_row_number % 15 = 0");
        var log = new LoggedRows(
                "flight-delay",
                Instant.parse("2001-04-01T00:00:00Z"),
                Instant.parse("2001-06-01T00:00:00Z"),
                "late",
                Combine.LAST,
                Missing.EXCLUDE,
                Duration.ofHours(36),
                Duration.ofHours(12),
                true,
                Map.of(0, 9000L));
        Files.writeString(
                folder.resolve("rows.json"),
                Json.pretty(new RowsManifest(log, Digests.sha256(rows), 4000, Map.of(), log.to(), Map.of())));

        Path document = written("from-the-log", small("from-the-log"));
        assertEquals(0, train(document, "--data", rows), errors::toString);
        ServedModel.assertScoresAsTrained(document, rows, folder.resolve("models/flight-delay/from-the-log"));
    }

    @Test
    void theSearchFindsADocumentAndTrainsIt() throws Exception {
        String document = small("search")
                .replace("% 8 = 0", "% 40 = 0")
                .replace("startup: 6", "startup: 2")
                .replace("startup: 4", "startup: 1")
                .replace("trials: 20", "trials: 5");

        Path small = written("search", document);
        assertTrained(train(small), small, "flight-delay/searched-1");

        Path search = folder.resolve("models/flight-delay/searched-1/search");
        JsonNode report = Json.read(Files.readString(search.resolve("search.json")), JsonNode.class);
        assertEquals(5, report.path("trials").size(), report::toString);
        assertEquals(5, report.path("finished").asInt() + report.path("pruned").asInt(), report::toString);
        assertTrue(Files.readString(search.resolve("history.svg")).startsWith("<svg"));
        assertEquals(
                Files.readString(search.resolve("best.yaml")),
                Json.read(
                                Files.readString(folder.resolve("models/flight-delay/searched-1/manifest.json")),
                                JsonNode.class)
                        .at("/lineage/configuration")
                        .asText());
    }
}
