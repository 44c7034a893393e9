package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SwapMemoryTest {
    private static final int SWAPS = 50;
    private static final int FIFTHS = 5;

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads resident memory from /proc")
    void residentMemoryStaysFlatOverFiftySwapsAndAsManyFailedLoads() throws Exception {
        // The heap is small and touched at the start, so that what grows is outside of it.
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms160m",
                        "-Xmx160m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwapLoop.class.getName(),
                        folder.toString(),
                        Integer.toString(SWAPS))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // glibc gives threads arenas of their own, which keep what was freed, and having freed a large block takes the
        // next ones from its heap, where small ones above them keep them: chance, no leak.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "131072");
        Process process = builder.start();
        long[] kilobytes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .mapToLong(Long::parseLong)
                .toArray();

        assertEquals(0, process.waitFor());
        assertEquals(FIFTHS, kilobytes.length);
        // A fifth is 10 swaps and 10 failed loads of a 2 MB file: each grows by 40 MB if none were freed, by 20 if one
        // kind were not. What a compiler or the heap of libc takes once shows in one fifth or two, not in most.
        long[] growths = IntStream.range(1, FIFTHS)
                .mapToLong(i -> kilobytes[i] - kilobytes[i - 1])
                .sorted()
                .toArray();
        assertTrue(growths[1] < 7_500, () -> "kB after each fifth of the swaps: " + Arrays.toString(kilobytes));
    }
}
