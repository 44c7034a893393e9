package dev.ringside.training.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * What an objective is given.
 *
 * @param number from 0
 * @param attempt 1, and one more each time the search was ended while the trial ran
 * @param seed the trial's own, out of the search's seed and the number
 * @param document what to train: the whole document with this trial's values, without the section {@code search}
 * @param folder a folder of this attempt alone, which is there and has the document as {@code document.yaml}
 */
public record Trial(int number, int attempt, long seed, ObjectNode document, Path folder) {}
