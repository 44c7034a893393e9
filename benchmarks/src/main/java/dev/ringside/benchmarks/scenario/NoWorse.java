package dev.ringside.benchmarks.scenario;

/**
 * A promise about two scenarios that meet the same units: the one finds an effect as often as the other.
 *
 * @param name of the one
 * @param than of the other
 * @param effect in minimum effects
 * @param words what it says, for people
 */
public record NoWorse(String name, String than, double effect, String words) {}
