package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Duck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Trains on a folder of made-up games, through the command. */
abstract class GamesTraining {
    static final String NETWORK = "{kind: network, hidden: [8], learning_rate: 0.01, batch: 64, epochs: 5}";
    static final String LOGISTIC = "{kind: logistic}";
    static final String TREES = "{kind: trees, rounds: 50, subsample: 0.8, patience: 5}";
    static final String STACKED = "{kind: ensemble, combine: stacked, folds: 3, bags: 2, members: [" + LOGISTIC
            + ", {kind: trees, rounds: 20, patience: 0}]}";

    @TempDir
    Path folder;

    final StringWriter output = new StringWriter();
    final StringWriter errors = new StringWriter();

    @BeforeEach
    void writeRows() throws Exception {
        Duck.write(folder.resolve("rows.csv"), """
            SELECT TIMESTAMP '2020-01-01' + to_hours(CAST(i AS INTEGER)) AS time, i % 7 AS number,
                   sin(i) AS amount, chr(CAST(65 + i % 3 AS INTEGER)) AS city,
                   i % 7 + 3 * sin(i) + hash(i) % 5 > 5 AS won
            FROM range(2400) t(i)
            """);
    }

    Path configuration(String model) throws IOException {
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

    /** A document whose label has nothing to do with its features. */
    Path shuffled() throws IOException {
        Path document = configuration(LOGISTIC);
        return Files.writeString(
                document,
                Files.readString(document)
                        .replace("label: won", "label: luck")
                        .replace(
                                "data: rows.csv",
                                "data: rows.csv\nsource: SELECT *, hash(amount + 1) % 2 = 0 AS luck FROM"
                                        + " read_csv(getvariable('data'))"));
    }

    int train(Object... arguments) {
        CommandLine command = Train.command();
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(errors, true));
        return command.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    String digest(Object... arguments) throws IOException {
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

    /**
     * Starts a training as a process of its own, which keeps each pass.
     *
     * @param said the name of the file with its words, before {@code .json} that of its result
     */
    Process process(String said, Path document, Path models, String... more) throws IOException {
        return process(said, Map.of(), document, models, more);
    }

    /** @param environment what is set besides */
    Process process(String said, Map<String, String> environment, Path document, Path models, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                Train.class.getName(),
                document.toString(),
                "--offline",
                "--checkpoint",
                "0s",
                "--out",
                models.toString(),
                "--json",
                folder.resolve(said + ".json").toString()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(said).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    /** What a process said. */
    String said(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** The digest of what a process made. */
    String digestOf(String said) throws IOException {
        return Json.read(said(said + ".json"), JsonNode.class).path("sha256").asText();
    }
}
