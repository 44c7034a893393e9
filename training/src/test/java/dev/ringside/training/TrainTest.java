package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TrainTest {
    private static final String NETWORK = "{kind: network, hidden: [8], learning_rate: 0.01, batch: 64, epochs: 5}";
    private static final String LOGISTIC = "{kind: logistic}";
    private static final String TREES = "{kind: trees, rounds: 50, subsample: 0.8, patience: 5}";
    private static final String STACKED = "{kind: ensemble, combine: stacked, folds: 3, bags: 2, members: [" + LOGISTIC
            + ", {kind: trees, rounds: 20, patience: 0}]}";

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void writeRows() throws Exception {
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                   sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                   i % 7 + 3 * sin(i) + hash(i) % 5 > 5 AS won
            FROM range(2400) t(i)
            """);
    }

    private Path configuration(String model) throws IOException {
        return Files.writeString(folder.resolve("c.yaml"), """
            slot: games
            version: v2
            parent: games/v1
            data: rows.csv
            time: time
            label: won
            features:
              - {name: number, type: integer}
              - {name: amount, type: number}
              - {name: city, type: category}
            model: %s
            split:
              train: [2020-01-01, 2020-02-20]
              validation: [2020-02-20, 2020-03-01]
              test: [2020-03-01, 2020-05-01]
            metrics:
              by: city
            """.formatted(model));
    }

    private int train(Object... arguments) {
        CommandLine command = Train.command();
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(errors, true));
        return command.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private String digest(Object... arguments) throws IOException {
        Path result = folder.resolve("result.json");
        assertEquals(
                0,
                train(Stream.concat(Stream.of(arguments), Stream.of("--json", result))
                        .toArray()),
                errors::toString);
        return Json.read(Files.readString(result), JsonNode.class)
                .path("sha256")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOGISTIC, NETWORK, TREES, STACKED})
    void writesAModelAndAManifestThatBelongTogether(String model) throws IOException {
        Path document = configuration(model);

        String digest = digest(document, "--out", folder.resolve("models"));

        Path version = folder.resolve("models/games/v2");
        ModelManifest manifest = Json.read(Files.readString(version.resolve("manifest.json")), ModelManifest.class);
        assertEquals(digest, manifest.sha256());
        assertEquals(digest, Digests.sha256(version.resolve("model.onnx")));
        assertEquals(16, manifest.golden().size());
        assertTrue(
                manifest.metrics().get("test_auc") > 0.8,
                () -> manifest.metrics().toString());
        assertTrue(manifest.metrics().containsKey("test_auc/A"));
        assertEquals(1, manifest.seed());
        assertEquals(
                Digests.sha256(folder.resolve("rows.csv")), manifest.lineage().dataSha256());
        assertEquals(Files.readString(document), manifest.lineage().configuration());
        assertEquals("games/v1", manifest.lineage().parent());
        try (Stream<Path> files = Files.list(version)) {
            assertEquals(
                    List.of(
                            "calibration.svg",
                            "card.md",
                            "manifest.json",
                            "model.onnx",
                            "precision-recall.svg",
                            "roc.svg"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertTrue(output.toString().contains("games/v2 trained"), output::toString);
        assertTrue(errors.toString().contains("measuring on"), errors::toString);
    }

    @Test
    void theSameSeedGivesTheSameDigestAndAnotherSeedAnother() throws IOException {
        Path document = configuration(NETWORK);
        Path models = folder.resolve("models");

        String first = digest(document, "--out", models);

        assertEquals(first, digest(document, "--out", models, "--seed", 1));
        assertNotEquals(first, digest(document, "--out", models, "--seed", 2));
    }

    @Test
    void mistakesInTheConfigurationOrTheDataEndWithStatus2AndWriteNothing() throws IOException {
        Path models = folder.resolve("models");

        assertEquals(2, train(configuration("{kind: tree}"), "--out", models));
        assertEquals(
                2,
                train(
                        Files.writeString(
                                folder.resolve("d.yaml"),
                                Files.readString(configuration(LOGISTIC)).replace("label: won", "label: lost")),
                        "--out",
                        models));
        assertEquals(2, train(configuration(LOGISTIC), "--url", "localhost:7070"));
        assertEquals(2, train());

        assertTrue(errors.toString().contains("model.kind: expected logistic, network, trees or ensemble, found tree"));
        assertTrue(errors.toString().contains("label 'lost': no such column"));
        assertTrue(errors.toString().contains("--url: expected an address such as http://127.0.0.1:7070"));
        assertFalse(Files.exists(models));
    }

    @Test
    void shuffledLabelsEndAsRefusedWithReasonsAndAreNotRegistered() throws Exception {
        Path document = configuration(LOGISTIC);
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("label: won", "label: luck")
                        .replace(
                                "data: rows.csv",
                                "data: rows.csv\nsource: SELECT *, hash(amount + 1) % 2 = 0 AS luck FROM"
                                        + " read_csv(getvariable('data'))"));
        Path result = folder.resolve("result.json");

        assertEquals(1, train(document, "--out", folder.resolve("models"), "--json", result));

        assertTrue(output.toString().contains("REFUSED by above_chance: AUC"), output::toString);
        assertTrue(output.toString().contains("refused: it is not registered"), output::toString);
        assertTrue(Files.readString(folder.resolve("models/games/v2/card.md")).contains("**Refused**"));
        JsonNode gates = Json.read(Files.readString(result), JsonNode.class).path("gates");
        assertEquals("refused", gates.path(1).path("verdict").asText(), gates::toString);
    }

    @Test
    void aModelIsComparedWithTheChampionOnTheSameRowsAndByItsOwnInputs() throws Exception {
        Path models = folder.resolve("models");
        Path document = configuration(LOGISTIC);
        assertEquals(0, train(document, "--out", models), errors::toString);
        String gates = "gates: {champion: models/games/v2, margin: 0.02, segment_margin: 0.3, bytes: 100000}\n";
        Path worse = Files.writeString(
                folder.resolve("worse.yaml"),
                Files.readString(document)
                                .replace("version: v2", "version: v3")
                                .replace("  - {name: number, type: integer}\n", "")
                        + gates);
        Path equal = Files.writeString(
                folder.resolve("equal.yaml"), Files.readString(document).replace("version: v2", "version: v4") + gates);

        assertEquals(0, train(equal, "--out", models), output::toString);
        assertEquals(1, train(worse, "--out", models));

        String said = output.toString();
        assertTrue(said.contains("passed champion_auc"), said);
        assertTrue(said.contains("REFUSED by champion_auc: AUC"), said);
        String card = Files.readString(models.resolve("games/v3/card.md"));
        assertTrue(card.contains("games/v2"), card);
    }

    @Test
    void aNumberIsMeasuredAsANumber() throws Exception {
        Path document = configuration(NETWORK);
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("label: won", "label: {column: amount, kind: number}")
                        .replace("  - {name: amount, type: number}\n", ""));
        Path result = folder.resolve("result.json");

        train(document, "--out", folder.resolve("models"), "--json", result);

        JsonNode metrics = Json.read(Files.readString(result), JsonNode.class).path("metrics");
        assertTrue(metrics.path("test_rmse").asDouble() > 0, metrics::toString);
        assertTrue(metrics.has("test_rmse/A") && metrics.has("validation_rmse"), metrics::toString);
        assertFalse(metrics.has("test_auc") || metrics.has("test_log_loss"), metrics::toString);
    }

    @Test
    void aSearchRunsItsTrialsAsProcessesTrainsTheBestAndIsTakenUpAgain() throws Exception {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document) + """
            search:
              method: random
              trials: 3
              parallel: 2
              metric: validation.log_loss
              direction: minimise
              space:
                model.weight_decay: {low: 0.000001, high: 10, log: true}
                "features[amount].representation": {choices: [standard, {kind: clip, share: 0.05}]}
            """);
        Path models = folder.resolve("models");

        String digest = digest(document, "--out", models);

        Path search = models.resolve("games/v2/search");
        JsonNode report = Json.read(Files.readString(search.resolve("search.json")), JsonNode.class);
        assertEquals(3, report.path("finished").asInt(), report::toString);
        ModelManifest manifest =
                Json.read(Files.readString(models.resolve("games/v2/manifest.json")), ModelManifest.class);
        assertEquals(
                Files.readString(search.resolve("best.yaml")),
                manifest.lineage().configuration());
        assertTrue(errors.toString().contains("trial 3 of 3"), errors::toString);
        assertEquals(digest, digest(document, "--out", models));
        assertEquals(
                3,
                Json.read(Files.readString(search.resolve("search.json")), JsonNode.class)
                        .path("trials")
                        .size());
    }

    @Test
    void everyValueThatASearchWouldTryIsCheckedBeforeAnyFitting() throws Exception {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document) + """
            search:
              trials: 3
              metric: validation.auc
              direction: maximise
              space:
                model.weight_decay: {low: -1, high: 1}
                model.kind: {choices: [logistic, tree]}
            """);

        assertEquals(2, train(document, "--out", folder.resolve("models")));

        String said = errors.toString();
        assertTrue(said.contains("model.weight_decay: expected a number of 0.0 or more, found -1"), said);
        assertTrue(said.contains("model.kind: expected"), said);
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    void helpShowsTheConfigurationWhole() {
        assertEquals(0, train("--help"));

        String help = output.toString();
        for (String field : List.of(
                "slot:", "with:", "source:", "features:", "split:", "weight_decay", "search:", "gates:", "parent:")) {
            assertTrue(help.contains(field), field);
        }
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    }

    private HttpServer controlPlane(String slot, String versions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String answer = exchange.getRequestURI().getPath().endsWith("/versions") ? versions : slot;
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.contains("\"error\"") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static final String SLOT = """
        {"name": "games", "signature": {
          "inputs": [{"name": "number", "datatype": "INT64", "shape": [-1, 1]},
                     {"name": "amount", "datatype": "FP32", "shape": [-1, 1]},
                     {"name": "city", "datatype": "%s", "shape": [-1, 1]}],
          "outputs": [{"name": "probability", "datatype": "FP32", "shape": [-1, 1]}]}}\
        """;

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\": \"no slot 'games'\"} | [] | no slot 'games'",
                "SLOT | [{\"version\": \"v2\", \"registered_by\": \"ada\"}] | has a version 'v2' already",
                "OTHER | [] | expected datatype INT64 as the slot declares, found BYTES"
            })
    @DisplayName("P7: what cannot be registered is refused before fitting, and nothing is written")
    void whatCannotBeRegisteredIsRefusedBeforeFitting(String slot, String versions, String words) throws IOException {
        String answer =
                slot.equals("SLOT") ? SLOT.formatted("BYTES") : slot.equals("OTHER") ? SLOT.formatted("INT64") : slot;
        HttpServer server = controlPlane(answer, versions);
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertEquals(1, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url));
        } finally {
            server.stop(0);
        }
        assertTrue(errors.toString().contains(words), errors::toString);
        assertFalse(errors.toString().contains("fitting"), errors::toString);
        assertTrue(asked.stream().allMatch(request -> request.startsWith("GET ")), asked::toString);
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    @DisplayName("P7: where nobody named an address and none answers, that is said first and the version is written")
    void whereNobodyAnswersAtAnAddressThatNobodyNamedTheVersionIsOnlyWritten() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + free;

        assertEquals(3, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url));
        assertFalse(Files.exists(folder.resolve("models")));
        assertEquals(
                0, train(configuration(LOGISTIC), "--out", folder.resolve("models"), "--url", url, "--if-reachable"));

        int said = errors.toString().indexOf("nobody answers at " + url + ", where a platform is looked for");
        assertTrue(said >= 0 && said < errors.toString().indexOf("fitting"), errors::toString);
        assertTrue(Files.exists(folder.resolve("models/games/v2/model.onnx")));
    }

    @Test
    @DisplayName("D8: a training without a validation part prints no validation loss")
    void aTrainingWithoutAValidationPartPrintsNoValidationLoss() throws IOException {
        Path document = configuration(LOGISTIC);
        Files.writeString(document, Files.readString(document).replace("  validation: [2020-02-20, 2020-03-01]\n", ""));

        digest(document, "--out", folder.resolve("models"));

        assertTrue(errors.toString().contains("training loss"), errors::toString);
        assertFalse(errors.toString().contains("validation"), errors::toString);
    }

    @Test
    @DisplayName("D7: a version that looks like a number is registered as it is written")
    void aVersionThatLooksLikeANumberIsWrittenAsItStands() throws IOException {
        for (String version : List.of("1.10", "007", "1e3", "0x1F", "12_000", "yes", "NO")) {
            Path document = configuration(LOGISTIC);
            Files.writeString(document, Files.readString(document).replace("version: v2", "version: " + version));

            digest(document, "--out", folder.resolve("models"), "--offline");

            assertTrue(Files.exists(folder.resolve("models/games").resolve(version)), version);
        }
    }
}
