package dev.ringside.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The most memory that this process ever had resident, native libraries included, as Linux counts it (VmHWM). */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private PeakMemory() {}

    /** In bytes; empty where the system does not tell. */
    static Optional<Long> bytes() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.flatMap(line -> PEAK.matcher(line).results())
                    .map((MatchResult found) -> Long.parseLong(found.group(1)) * 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
