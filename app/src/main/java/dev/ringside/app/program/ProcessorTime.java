package dev.ringside.app.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time that processes take, as Linux tells it. */
public final class ProcessorTime {
    private static final double TICKS = 100; // a second, as Linux tells times

    private ProcessorTime() {}

    /** What a process has taken so far, in seconds, to the hundredth. */
    public static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The command in brackets may have blanks; the times are the 12th and 13th behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }
}
