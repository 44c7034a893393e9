package dev.ringside.training;

import dev.ringside.training.run.StepTime;
import java.util.List;

/**
 * What a training that was to stop early did, as {@code --json} writes it.
 *
 * @param slot the slot
 * @param version the version
 * @param run the folder where the steps keep what they make
 * @param steps what became of each step
 */
public record PartialResult(String slot, String version, String run, List<StepTime> steps) {}
