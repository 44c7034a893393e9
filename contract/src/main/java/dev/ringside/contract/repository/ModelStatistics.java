package dev.ringside.contract.repository;

import java.util.List;

/**
 * What a version was asked since this process first had it, as Triton's statistics extension writes it.
 *
 * @param name the model
 * @param version its version
 * @param lastInference when a request was answered last, in milliseconds since 1970; 0 for never
 * @param inferenceCount rows that were inferred
 * @param executionCount runs of the model, each over the rows of one batch
 * @param inferenceStats how long requests took, by stage
 * @param batchStats how long runs took, by the rows of their batch
 */
public record ModelStatistics(
        String name,
        String version,
        long lastInference,
        long inferenceCount,
        long executionCount,
        Stages inferenceStats,
        List<Batch> batchStats) {
    /** Copies the list. */
    public ModelStatistics {
        batchStats = List.copyOf(batchStats);
    }

    /**
     * How often something happened, and how long that took together.
     *
     * @param count how often
     * @param ns nanoseconds
     */
    public record Times(long count, long ns) {
        /** Never. */
        public static final Times NONE = new Times(0, 0);
    }

    /**
     * Requests by what they went through.
     *
     * @param success those that were answered, from their arrival to their answer
     * @param fail those that were not
     * @param queue the wait for a run
     * @param computeInput laying the inputs where the model reads them
     * @param computeInfer the run
     * @param computeOutput taking the outputs from where it writes them
     */
    public record Stages(
            Times success, Times fail, Times queue, Times computeInput, Times computeInfer, Times computeOutput) {}

    /**
     * Runs over batches of one size.
     *
     * @param batchSize rows
     * @param computeInput laying the inputs where the model reads them
     * @param computeInfer the run
     * @param computeOutput taking the outputs from where it writes them
     */
    public record Batch(long batchSize, Times computeInput, Times computeInfer, Times computeOutput) {}

    /**
     * The body of {@code GET /v2/models[/{model}[/versions/{version}]]/stats}.
     *
     * @param modelStats by model and version
     */
    public record Report(List<ModelStatistics> modelStats) {
        /** Copies the list. */
        public Report {
            modelStats = List.copyOf(modelStats);
        }
    }
}
