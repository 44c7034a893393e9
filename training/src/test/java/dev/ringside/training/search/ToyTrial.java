package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trial as a process: what it does is in its document. Its one argument is the document's file. */
final class ToyTrial {
    private ToyTrial() {}

    static double value(JsonNode document) {
        double x = document.path("x").doubleValue();
        return x * (1 - x);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        JsonNode document = Json.readYaml(Files.readString(file), JsonNode.class);
        Files.writeString(
                file.resolveSibling("pid"), "" + ProcessHandle.current().pid());
        var worker = new TrialWorker(
                System.in, System.out, () -> Runtime.getRuntime().halt(9));
        System.out.println("some library says hello");
        switch (document.path("does").asText()) {
            case "crash" -> {
                System.err.println("cannot allocate 3 TB");
                System.exit(3);
            }
            case "kill" ->
                ProcessHandle.of(ProcessHandle.current().pid())
                        .ifPresent(_ -> Runtime.getRuntime().halt(137));
            case "hang" -> Thread.sleep(600_000);
            case "silence" -> System.exit(0);
            case "garbage" -> System.out.println("{\"trial\":\"result\",\"value\":");
            case "flood" -> {
                for (int i = 0; i < 20_000; i++) {
                    System.out.println("a line that nobody asked for, number " + i);
                }
            }
            default -> {}
        }
        for (int step = 1; step <= 3; step++) {
            if (!worker.report(step, value(document) * step / 3)) {
                Files.writeString(file.resolveSibling("stopped"), "at " + step);
                if (document.path("does").asText().equals("stubborn")) {
                    Thread.sleep(600_000);
                }
                return;
            }
            Thread.sleep(document.path("pause").asLong());
        }
        worker.result(new Measured(
                value(document),
                java.util.Map.of("steps", 3.0),
                "d" + document.path("x").asText()));
    }
}
