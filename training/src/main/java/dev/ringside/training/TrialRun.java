package dev.ringside.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.run.RunFolder;
import dev.ringside.training.run.Step;
import dev.ringside.training.run.Steps;
import dev.ringside.training.search.Measured;
import dev.ringside.training.search.SearchReader;
import dev.ringside.training.search.TrialWorker;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One trial of a search, in the process that was started for it. It reports its validation loss after each pass. */
final class TrialRun {
    private static final String LOSS = "validation_log_loss";

    /** Where a trial keeps what it fitted, for the training of the best one to begin with. */
    static final String KEPT = "run";

    /** A trial that is ended begins anew, as its reports decide about others: only its end is kept. */
    private static final Duration NEVER = Duration.ofDays(10_000);

    private final Path document;
    private final Path folder;

    /**
     * @param document the document that is searched around, beside which files are looked for
     * @param folder the trial's, with what it is to train
     */
    TrialRun(Path document, Path folder) {
        this.document = document;
        this.folder = folder;
    }

    /**
     * Trains and reports.
     *
     * @param in the search's answers
     * @param out the reports
     * @return whether it came to an end; else it was told to stop
     */
    boolean run(GivenFiles given, @Nullable Long seed, InputStream in, PrintStream out) throws IOException {
        var worker = new TrialWorker(in, out, () -> Runtime.getRuntime().halt(1));
        String metric = SearchReader.read(document.toString(), ConfigurationReader.parse(document))
                .metric()
                .replace('.', '_');
        Path own = folder.resolve("document.yaml");
        JsonNode tree = ConfigurationReader.parse(own);
        TrainingConfiguration configuration =
                ConfigurationReader.read(document, Files.readString(own), tree, given, seed);
        try (var training = new Training(
                        configuration,
                        new Reports(
                                worker,
                                metric.equals(LOSS)
                                        && configuration.sampling().none()
                                        && configuration.fitting().folds() == 0));
                var kept = new RunFolder(folder.resolve(KEPT), InstantSource.system(), NEVER)) {
            Map<String, Double> metrics =
                    training.validate(new Steps(kept, training.inputs(), _ -> {}).checkpoints(Step.TRAIN));
            Double value = metrics.get(metric);
            if (value == null) {
                throw new IllegalStateException("search.metric: no '" + metric.replaceFirst("_", ".")
                        + "' is measured; there are " + new TreeSet<>(metrics.keySet()));
            }
            worker.result(new Measured(value, metrics, null));
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    /** The search has seen enough. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reports each pass where the search is by the validation loss; other metrics are known at the end alone.
     *
     * @param worker takes the reports
     * @param byLoss whether the search is by the validation loss, and passes tell it: under a sample's prior they do not
     */
    private record Reports(TrialWorker worker, boolean byLoss) implements Progress {
        @Override
        public void stage(String words) {}

        @Override
        public void epoch(int epoch, int limit, double trainingLoss, @Nullable Double validationLoss) {
            if (!byLoss || validationLoss == null) {
                return;
            }
            try {
                if (!worker.report(epoch, validationLoss)) {
                    throw new Stopped();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped();
            }
        }

        @Override
        public void close() {}
    }
}
