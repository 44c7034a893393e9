package dev.ringside.benchmarks.scenario;

/**
 * The old champion, kept behind a promotion.
 *
 * @param share of all units that get it
 * @param days for how long
 */
public record Holdback(double share, int days) {}
