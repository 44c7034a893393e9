package dev.ringside.metrics.trainingset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far each partition of a log is read: to its end, or to where it is pinned. */
final class LogEnds {
    private LogEnds() {}

    /**
     * The offset after the last record, by partition.
     *
     * @param pinned where reading ends; null for all that there is
     * @param archived where the archive ends
     * @param subject what is read, in words
     * @throws UnusableLog if the archive does not hold what is pinned
     */
    static Map<Integer, Long> of(@Nullable Map<Integer, Long> pinned, Map<Integer, Long> archived, String subject)
            throws UnusableLog {
        List<String> problems = new ArrayList<>();
        if (archived.isEmpty()) {
            problems.add("there is no archive: name the data folder of a platform with data_dir");
        }
        if (pinned != null) {
            pinned.forEach((partition, end) -> {
                long held = archived.getOrDefault(partition, 0L);
                if (held < end) {
                    problems.add("partition " + partition + " is archived up to offset " + held
                            + ", and the rows are those up to " + end
                            + ": it is another archive, or one that has to be restored from a copy");
                }
            });
            if (!pinned.keySet().equals(archived.keySet())) {
                problems.add("the rows are those of partitions " + pinned.keySet() + ", the archive has "
                        + archived.keySet());
            }
        }
        if (!problems.isEmpty()) {
            throw new UnusableLog(subject, problems);
        }
        return new TreeMap<>(pinned == null ? archived : pinned);
    }

    /** Removes a folder of files. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
