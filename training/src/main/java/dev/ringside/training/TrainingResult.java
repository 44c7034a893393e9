package dev.ringside.training;

import dev.ringside.training.evaluation.PartReport;
import dev.ringside.training.gate.Verdict;
import dev.ringside.training.run.StepTime;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training made, as {@code --json} writes it.
 *
 * @param slot the slot
 * @param version the version
 * @param sha256 digest of the model file
 * @param model path of the model file
 * @param manifest path of its manifest
 * @param seed the seed
 * @param metrics metrics by name, and how the fitting went
 * @param parityRows how many rows were compared with ONNX Runtime
 * @param parityDifference the largest difference of a probability among them
 * @param registeredAt the control plane that took it, as refused where a gate refused it; null if it was not registered
 * @param gates what each gate said
 * @param reports what it scored on the test part, all rows and segments, with intervals
 * @param steps what became of each step
 * @param run the folder where the steps keep what they make
 * @param seconds how long it took, this time
 * @param peakBytes the most memory that the process had resident; null where the system does not tell
 */
public record TrainingResult(
        String slot,
        String version,
        String sha256,
        String model,
        String manifest,
        long seed,
        Map<String, Double> metrics,
        int parityRows,
        double parityDifference,
        @Nullable String registeredAt,
        List<Verdict> gates,
        List<PartReport> reports,
        List<StepTime> steps,
        String run,
        double seconds,
        @Nullable Long peakBytes) {
    static TrainingResult of(
            TrainingRun.Delivered delivered,
            @Nullable URI registeredAt,
            List<StepTime> steps,
            Path run,
            double seconds) {
        TrainingRun.Trained trained = delivered.trained();
        var manifest = trained.manifest();
        return new TrainingResult(
                manifest.slot(),
                manifest.version(),
                manifest.sha256(),
                delivered.folder().model().toAbsolutePath().normalize().toString(),
                delivered.folder().manifest().toAbsolutePath().normalize().toString(),
                manifest.seed() == null ? 0 : manifest.seed(),
                manifest.metrics(),
                trained.exported().parity().rows(),
                trained.exported().parity().largestDifference(),
                registeredAt == null ? null : registeredAt.toString(),
                trained.acceptance().judgement().verdicts(),
                trained.acceptance().reports(),
                steps,
                run.toString(),
                seconds,
                PeakMemory.bytes().orElse(null));
    }

    /** Whether a gate refused it. */
    public boolean refused() {
        return gates.stream().anyMatch(Verdict.Refused.class::isInstance);
    }
}
