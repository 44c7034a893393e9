package dev.ringside.benchmarks.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Trains a document in a process of its own, as a person does who types {@code ringside train}. */
@FunctionalInterface
public interface Trainer {
    /**
     * Trains.
     *
     * @param training what is to be done
     * @param document the document, as a file that can be read where it is
     * @param seed the seed that is taken in place of the document's
     * @throws TrainingFailed if it ends without a result
     */
    Trained train(Training training, Path document, long seed) throws IOException, InterruptedException, TrainingFailed;

    /**
     * What came of it.
     *
     * @param metrics by name, as the manifest has them, or what else the program measures
     * @param peakBytes the most memory that its process had resident at once
     * @param seconds how long it took, the start of the process included
     */
    record Trained(Map<String, Double> metrics, long peakBytes, double seconds) {
        /** Copies the metrics. */
        public Trained {
            metrics = Map.copyOf(metrics);
        }
    }

    /** A training that ended without a result. */
    final class TrainingFailed extends Exception {
        private static final long serialVersionUID = 1L;

        /** @param words its last words */
        public TrainingFailed(String words) {
            super(words);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
