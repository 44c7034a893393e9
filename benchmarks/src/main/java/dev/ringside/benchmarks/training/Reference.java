package dev.ringside.benchmarks.training;

/**
 * What other software scores on the same rows.
 *
 * @param model which model
 * @param value its figure
 * @param source who measured it, and how
 */
public record Reference(String model, double value, String source) {}
