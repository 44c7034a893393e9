package dev.ringside.training.configuration;

import dev.ringside.training.gate.GateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads which gates a model has to pass. */
final class GateReader {
    private GateReader() {}

    /**
     * Reads the section.
     *
     * @param document beside which files are looked for
     * @param grouped whether the metrics are repeated for segments
     */
    static GateSettings read(Section root, Path document, boolean grouped) {
        Section gates = root.section("gates");
        Path champion = champion(gates, document);
        double margin = gates.number("margin", 0, 0, 1);
        Double segment = gates.has("segment_margin") ? (Double) gates.number("segment_margin", 0, 0, 1) : null;
        if (segment != null && !grouped) {
            gates.problem("segment_margin", "needs metrics.by, the column whose values are segments");
        }
        if (champion == null && (segment != null || gates.has("margin"))) {
            gates.problem("champion", "missing: expected the folder of the version to be compared with");
        }
        Double calibration = gates.has("calibration") ? (Double) gates.number("calibration", 0.02, 0, 1) : null;
        Long bytes = gates.has("bytes") ? (Long) gates.whole("bytes", 1, 1, Long.MAX_VALUE) : null;
        Duration latency = null;
        if (gates.has("latency_ms")) {
            latency = Duration.ofNanos((long) (gates.number("latency_ms", 10, 0.001, 1e6) * 1e6));
        }
        gates.rejectOthers();
        return new GateSettings(champion, margin, segment, calibration, bytes, latency);
    }

    private static @Nullable Path champion(Section gates, Path document) {
        String named = gates.optionalText("champion");
        if (named == null) {
            return null;
        }
        Path folder = document.resolveSibling(named);
        if (!Files.isDirectory(folder)) {
            gates.problem(
                    "champion",
                    "no such folder: " + folder.toAbsolutePath().normalize()
                            + "; expected one that train wrote, such as" + " models/SLOT/VERSION");
        }
        return folder;
    }
}
