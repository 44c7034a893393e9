package dev.ringside.app.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The demo's own files: data, features, slot, trainings and experiments.
 *
 * @param folder the folder {@code demo} of the source tree
 */
record DemoFiles(Path folder) {
    /** In the order in which they are started. */
    static final List<String> EXPERIMENTS = List.of("better", "faulty", "aa");

    /** The inputs that say how busy and how late airports are, which they know better than who asks. */
    static final List<String> OF_AIRPORTS =
            List.of("origin_flights_3h", "origin_late_share_3h", "destination_flights_6h", "destination_late_share_6h");

    private static final List<String> TRAININGS = List.of("champion", "challenger", "faulty");

    Path flights() {
        return folder.resolve("flights.parquet");
    }

    Path features() {
        return folder.resolve("features.sql");
    }

    ObjectNode slot() throws IOException {
        return read(folder.resolve("slot.yaml"));
    }

    /** What is trained, the champion first. */
    List<Path> trainings() {
        return TRAININGS.stream().map(this::training).toList();
    }

    /** What is trained from the platform's own log. */
    Path retraining() {
        return training("retrained");
    }

    /** The version that the champion's training makes. */
    String championVersion() throws IOException {
        return read(training(TRAININGS.getFirst())).path("version").asText();
    }

    private Path training(String name) {
        return folder.resolve("training").resolve(name + ".yaml");
    }

    ObjectNode experiment(String name) throws IOException {
        return read(folder.resolve("experiments").resolve(name + ".yaml"));
    }

    private static ObjectNode read(Path file) throws IOException {
        try {
            return Json.readYaml(Files.readString(file), ObjectNode.class);
        } catch (InvalidInput e) {
            throw e.within(file.toString());
        }
    }
}
