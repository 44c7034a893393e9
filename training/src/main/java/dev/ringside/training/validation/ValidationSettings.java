package dev.ringside.training.validation;

import org.jspecify.annotations.Nullable;

/**
 * What rows are held to before anything is fitted.
 *
 * @param schema what columns hold; null for none
 * @param leaks how much one feature may tell of the label
 * @param drift how far columns may move between parts
 */
public record ValidationSettings(@Nullable Schema schema, LeakSettings leaks, DriftSettings drift) {}
