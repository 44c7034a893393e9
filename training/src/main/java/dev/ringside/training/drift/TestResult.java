package dev.ringside.training.drift;

/**
 * What a test found.
 *
 * @param statistic of the test
 * @param p the probability of a statistic as great without any drift
 */
public record TestResult(double statistic, double p) {}
