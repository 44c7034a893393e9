package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.program.TrainerProgram;
import dev.ringside.app.program.TrainingHeap;
import dev.ringside.benchmarks.training.Trainer;
import dev.ringside.benchmarks.training.Training;
import dev.ringside.benchmarks.training.Training.Program;
import dev.ringside.contract.file.Folders;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Starts the training process, as {@code ringside train} does; what it wrote is thrown away. */
final class TrainerProcess implements Trainer {
    private static final int LAST_LINES = 5;
    private static final long PROGRAM_HEAP = 1024;
    private static final int ROUNDS = 9;
    private static final int PASSES = 30;

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock for distances */
    TrainerProcess(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Trained train(Training training, Path document, long seed)
            throws IOException, InterruptedException, TrainingFailed {
        Path folder = Files.createTempDirectory("ringside-bench-");
        try {
            Path json = folder.resolve("result.json");
            Path words = folder.resolve("words.txt");
            ProcessBuilder process = switch (training.program()) {
                case TRAIN -> trainer(document, seed, training.arguments(), folder.resolve("models"), json);
                case PACE -> pace("EpochPace", document, seed, PASSES, json);
                case PROCESSES -> pace("ProcessPace", document, seed, ROUNDS, json);
                case GAIN ->
                    TrainerProgram.of(
                            "FineTuningGain",
                            new TrainingHeap(PROGRAM_HEAP),
                            List.of(document.toString(), Long.toString(seed), json.toString()));
            };
            long begun = nanoTime.getAsLong();
            int status = run(process, words);
            double seconds = (nanoTime.getAsLong() - begun) / 1e9;
            // A version that a gate refused is one that was trained.
            if (!Files.exists(json)) {
                throw new TrainingFailed("its process ended with status " + status + ": " + lastLines(words));
            }
            JsonNode result = Json.read(Files.readAllBytes(json), JsonNode.class);
            Map<String, Double> metrics = new TreeMap<>();
            (training.program() == Program.TRAIN ? result.path("metrics") : result)
                    .properties()
                    .forEach(metric ->
                            metrics.put(metric.getKey(), metric.getValue().doubleValue()));
            return new Trained(metrics, result.path("peak_bytes").longValue(), seconds);
        } finally {
            Folders.delete(folder);
        }
    }

    private static ProcessBuilder pace(String program, Path document, long seed, int rounds, Path json) {
        return TrainerProgram.of(
                program,
                new TrainingHeap(PROGRAM_HEAP),
                List.of(document.toString(), Long.toString(seed), Integer.toString(rounds), json.toString()));
    }

    private static ProcessBuilder trainer(Path document, long seed, List<String> others, Path models, Path json) {
        List<String> arguments = new ArrayList<>(List.of(
                document.toString(),
                "--seed",
                Long.toString(seed),
                "--offline",
                "--out",
                models.toString(),
                "--json",
                json.toString()));
        arguments.addAll(others);
        int heap = arguments.indexOf("--heap");
        if (heap < 0) {
            return TrainerProgram.train(arguments);
        }
        var size = new TrainingHeap(TrainingHeap.parse(arguments.get(heap + 1)));
        arguments.subList(heap, heap + 2).clear();
        return TrainerProgram.train(size, arguments);
    }

    private static int run(ProcessBuilder builder, Path words) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(words.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private static String lastLines(Path words) throws IOException {
        List<String> lines = Files.readAllLines(words).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
