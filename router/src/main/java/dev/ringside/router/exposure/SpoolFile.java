package dev.ringside.router.exposure;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of the spool: the events of one boot, from one of its sequence numbers on. Guarded by the spool's lock. */
final class SpoolFile {
    /** The order in which segments were written. */
    static final Comparator<SpoolFile> ORDER =
            Comparator.comparingLong(SpoolFile::boot).thenComparingLong(SpoolFile::index);

    private static final Pattern NAME = Pattern.compile("(\\d{10})-(\\d{10})\\.spool");

    private final Path file;
    private final long boot;
    private final long index;
    private long bytes;
    private long events;
    private long acknowledged;
    private boolean sealed;

    SpoolFile(Path folder, long boot, long index) {
        this(folder.resolve("%010d-%010d.spool".formatted(boot, index)), boot, index, Frames.MAGIC.length, 0, false);
    }

    private SpoolFile(Path file, long boot, long index, long bytes, long events, boolean sealed) {
        this.file = file;
        this.boot = boot;
        this.index = index;
        this.bytes = bytes;
        this.events = events;
        this.sealed = sealed;
    }

    /** The boot and index in a file's name; null if it is no file of a spool. */
    static @Nullable SpoolFile found(Path file, long bytes, long events) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? new SpoolFile(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), bytes, events, true)
                : null;
    }

    Path file() {
        return file;
    }

    long boot() {
        return boot;
    }

    long index() {
        return index;
    }

    /** How long the file is, up to the end of its last whole event. */
    long bytes() {
        return bytes;
    }

    long events() {
        return events;
    }

    boolean sealed() {
        return sealed;
    }

    /** Nothing more is written to it, and the log has all of it. */
    boolean done() {
        return sealed && acknowledged == events;
    }

    void appended(int frameBytes) {
        bytes += frameBytes;
        events++;
    }

    void acknowledged() {
        acknowledged++;
    }

    void seal() {
        sealed = true;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
