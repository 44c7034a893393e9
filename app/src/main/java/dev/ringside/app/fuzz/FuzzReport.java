package dev.ringside.app.fuzz;

import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What came of it.
 *
 * @param requests how many that may be wrong were sent
 * @param right how many that are right were sent between them
 * @param seed from which each follows with its number
 * @param violations how often the server did what it must not
 * @param answers how often each answer was given
 * @param examples the first violations, each with its request's number
 * @param residentBytesBefore the server's memory after the first quarter
 * @param residentBytesAfter its memory at the end
 * @param seconds how long it took
 */
public record FuzzReport(
        long requests,
        long right,
        long seed,
        long violations,
        NavigableMap<String, Long> answers,
        List<String> examples,
        long residentBytesBefore,
        long residentBytesAfter,
        double seconds) {
    /** Copies the collections. */
    public FuzzReport {
        answers = Collections.unmodifiableNavigableMap(new TreeMap<>(answers));
        examples = List.copyOf(examples);
    }

    /** Replaces a file by the report, whole or not at all. */
    public void write(Path file) throws IOException {
        WholeFile.write(file.toAbsolutePath(), Json.pretty(this) + "\n");
    }
}
