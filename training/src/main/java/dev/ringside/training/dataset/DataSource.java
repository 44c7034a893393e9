package dev.ringside.training.dataset;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come from.
 *
 * @param data the Parquet or CSV file; a query finds its path in {@code getvariable('data')}
 * @param views queries by name that the query may read from, in the order in which they may use each other
 * @param query the query that gives the rows, in an order that does not vary; null for the file as it is
 */
public record DataSource(
        Path data, Map<String, String> views, @Nullable String query) {}
