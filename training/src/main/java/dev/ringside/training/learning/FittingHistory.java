package dev.ringside.training.learning;

import java.util.Map;
import java.util.SequencedMap;

/**
 * How fittings went.
 *
 * @param facts by name, such as {@code best_epoch}
 * @param losses of each fitting by its place, such as {@code member-1/stopped}; the only one's place is empty. Fittings
 *     that go by no passes are not there
 */
public record FittingHistory(Map<String, Double> facts, SequencedMap<String, LossHistory> losses) {}
