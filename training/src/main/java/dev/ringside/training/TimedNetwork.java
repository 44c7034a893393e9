package dev.ringside.training;

import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Encoder;
import dev.ringside.training.learning.Examples;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A document's network and the rows that teach it, for programs that measure how long a pass takes.
 *
 * @param settings how it is built and trained
 * @param train the rows of the training part
 */
record TimedNetwork(NetworkSettings settings, Examples train) {
    /**
     * Reads them.
     *
     * @param words where progress is told
     * @throws InvalidConfiguration if the document has mistakes, or no network
     */
    static TimedNetwork read(Path document, long seed, PrintWriter words) throws IOException {
        TrainingConfiguration configuration = ConfigurationReader.read(document, null, seed);
        if (!(configuration.model() instanceof ModelChoice.Network network)) {
            throw new InvalidConfiguration(document.toString(), List.of("model: expected kind network"));
        }
        try (Progress progress = Progress.of(false, words)) {
            var preparation = new Preparation(configuration, List.of(), progress);
            Table rows = preparation.parted(preparation.rows()).train().rows();
            Encoder encoder = Encoder.fit(rows, network.shown(configuration.features()));
            return new TimedNetwork(network.settings(), Examples.training(encoder, rows));
        }
    }
}
