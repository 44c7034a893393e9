package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.pace.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
            long seed = Long.parseLong(arguments[1]);
            TimedNetwork network = TimedNetwork.read(Path.of(arguments[0]), seed, words);
            Pace pace = Pace.of(
                    network.settings(), network.train(), Integer.parseInt(arguments[2]), seed, System::nanoTime);
            Files.writeString(Path.of(arguments[3]), Json.pretty(pace) + "\n");
        } catch (IOException | RuntimeException e) {
            words.println("pace: " + e.getMessage());
            System.exit(1);
        }
    }
}
