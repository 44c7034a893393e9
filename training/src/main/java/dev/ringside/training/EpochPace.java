package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.pace.Pace;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of {@code ringside bench training} that measures a pass of a document's network beside the same network
 * written out against libtorch: {@code DOCUMENT SEED ROUNDS FILE}, the file being the result as JSON.
 */
public final class EpochPace {
    private EpochPace() {}

    /** Runs it; a failure is told in a line and ends the process with status 1. */
    public static void main(String... arguments) {
        var words = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            Pace pace =
                    measure(Path.of(arguments[0]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), words);
            Files.writeString(Path.of(arguments[3]), Json.pretty(pace) + "\n");
        } catch (IOException | RuntimeException e) {
            words.println("pace: " + e.getMessage());
            System.exit(1);
        }
    }

    static Pace measure(Path document, long seed, int rounds, PrintWriter words) throws IOException {
        TrainingConfiguration configuration = ConfigurationReader.read(document, null, seed);
        if (!(configuration.model() instanceof ModelChoice.Network network)) {
            throw new InvalidConfiguration(document.toString(), List.of("model: expected kind network"));
        }
        try (Progress progress = Progress.of(false, words)) {
            var preparation = new Preparation(configuration, List.of(), progress);
            Table rows = preparation.parted(preparation.rows()).train().rows();
            Encoder encoder = Encoder.fit(rows, network.shown(configuration.features()));
            return Pace.of(network.settings(), Examples.training(encoder, rows), rounds, seed, System::nanoTime);
        }
    }
}
