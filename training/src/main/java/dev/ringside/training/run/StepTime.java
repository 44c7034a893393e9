package dev.ringside.training.run;

/**
 * What became of a step, as {@code --json} lists it.
 *
 * @param step its name
 * @param kept whether it was done before, and what it made was taken from the folder
 * @param seconds how long it took, then
 */
public record StepTime(String step, boolean kept, double seconds) {}
