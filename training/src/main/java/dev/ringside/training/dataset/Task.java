package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What else is to be predicted of a row, beside the label, from the same body of a network (Caruana 1997). A row may lack
 * it, and then teaches the others.
 *
 * @param name what its output is called
 * @param label the column, which rows may lack
 * @param weight what its loss counts beside the label's own, which counts 1; above 0
 * @param huber of a number the error beyond which its loss rises no longer by the square, in its units; null for squared
 *     errors
 */
public record Task(
        String name, Label label, double weight, @Nullable Double huber) {}
