package dev.ringside.training.dataset;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come from.
 *
 * @param files Parquet or CSV files by name; a query finds a path in {@code getvariable('NAME')} and can read no other
 * @param views queries by name that the query may read from, in the order in which they may use each other
 * @param query the query that gives the rows, in an order that does not vary; null for the one file as it is
 * @param log which rows of a platform's log the file was made of; null for a file of other origin
 */
public record DataSource(
        Map<String, Path> files,
        Map<String, String> views,
        @Nullable String query,
        @Nullable LoggedRows log) {
    /** The name of the file that a document gives no name. */
    public static final String UNNAMED = "data";

    /** Keeps the order. */
    public DataSource {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
        if (files.isEmpty() || (files.size() > 1 && query == null)) {
            throw new IllegalArgumentException("expected one file, or a query over several, found " + files.keySet());
        }
    }

    /** Files of whatever origin. */
    public DataSource(Map<String, Path> files, Map<String, String> views, @Nullable String query) {
        this(files, views, query, null);
    }

    /** One file, and perhaps a query over it. */
    public DataSource(Path file, Map<String, String> views, @Nullable String query) {
        this(Map.of(UNNAMED, file), views, query);
    }

    /** What was read, in words. */
    String words() {
        return String.join(", ", files.values().stream().map(Path::toString).toList());
    }

    /** SHA-256 of the one file; of several, of a line {@code NAME SHA-256} each in their order. */
    public String sha256() throws IOException {
        if (files.size() == 1) {
            return Digests.sha256(files.values().iterator().next());
        }
        var lines = new StringBuilder();
        for (var file : files.entrySet()) {
            lines.append(file.getKey())
                    .append(' ')
                    .append(Digests.sha256(file.getValue()))
                    .append('\n');
        }
        return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
