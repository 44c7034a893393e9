package dev.ringside.training;

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
 * @param registeredAt the control plane that took it; null if it was not registered
 * @param seconds how long it took
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
        double seconds) {}
