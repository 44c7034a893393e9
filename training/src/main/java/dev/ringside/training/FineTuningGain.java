package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.gain.SmallGroups;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program of {@code ringside bench training} that measures what it is worth to begin with a fitted network, over the
 * groups of few rows that a document's column {@code metrics.by} names: {@code DOCUMENT SEED FILE}, the file being the
 * result as JSON.
 */
public final class FineTuningGain {
    private FineTuningGain() {}

    /** Runs it; a failure is told in a line and ends the process with status 1. */
    public static void main(String... arguments) {
        var words = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            Map<String, Object> result =
                    new TreeMap<>(measure(Path.of(arguments[0]), Long.parseLong(arguments[1]), words));
            PeakMemory.bytes().ifPresent(bytes -> result.put("peak_bytes", bytes));
            Files.writeString(Path.of(arguments[2]), Json.pretty(result) + "\n");
        } catch (IOException | RuntimeException e) {
            words.println("gain: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, Double> measure(Path document, long seed, PrintWriter words) throws IOException {
        TrainingConfiguration configuration = ConfigurationReader.read(document, null, seed);
        String groups = configuration.groups();
        if (!(configuration.model() instanceof ModelChoice.Network network) || groups == null) {
            throw new InvalidConfiguration(
                    document.toString(), List.of("expected model: {kind: network, …} and metrics: {by: COLUMN}"));
        }
        try (Progress progress = Progress.of(false, words)) {
            var preparation = new Preparation(configuration, List.of(), progress);
            Table rows = preparation.rows().rows();
            return new SmallGroups(network.shown(configuration.features()), network.settings(), groups, seed, progress)
                    .measure(rows, preparation.parts(rows));
        }
    }
}
