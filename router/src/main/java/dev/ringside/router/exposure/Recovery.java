package dev.ringside.router.exposure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes up what earlier boots left in a spool's folder, and cuts off what a crash left half written. */
final class Recovery {
    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private Recovery() {}

    /** The segments with at least one whole event, in the order in which they were written. */
    static List<SpoolFile> segments(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        var segments = new ArrayList<SpoolFile>();
        for (Path file : files) {
            SpoolFile named = SpoolFile.found(file, 0, 0);
            SpoolFile whole = named == null ? null : recover(named);
            if (whole != null) {
                segments.add(whole);
            }
        }
        segments.sort(SpoolFile.ORDER);
        return segments;
    }

    private static @Nullable SpoolFile recover(SpoolFile named) throws IOException {
        Path file = named.file();
        long length = Files.size(file);
        long events = 0;
        long whole;
        try (var reader = new SpoolFileReader(named)) {
            try {
                while (reader.next(length) != null) {
                    events++;
                }
            } catch (Frames.NotWhole e) {
                // Within the last write it is what a kill leaves: its answer never went out.
                LOG.log(
                        e.isTail() ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
                        file + " is cut off after " + events + " events: " + e.getMessage());
            }
            whole = reader.offset();
        }
        if (events == 0) {
            Files.delete(file);
            return null;
        }
        if (whole < length) {
            try (var cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(whole);
            }
        }
        return SpoolFile.found(file, whole, events);
    }
}
