package dev.ringside.training.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Columns that are not shown to the model.
 *
 * @param time when a row was; null where the data does not say
 * @param label what is to be predicted
 * @param weight how much a row counts; null where each counts 1
 */
public record Roles(
        @Nullable String time, Label label, @Nullable String weight) {}
