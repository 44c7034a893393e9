package dev.ringside.torchscript;

import java.util.List;
import java.util.regex.Pattern;

/** What libtorch complains of, without the addresses of its own code. */
final class NativeWords {
    /** Its backtrace: {@code Exception raised from f at /x/y.cpp:1 (most recent call first): frame #0: …}. */
    private static final Pattern BACKTRACE = Pattern.compile("Exception raised from .*|frame #\\d+:.*");

    private static final int MOST_LINES = 12;

    private NativeWords() {}

    static String of(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        List<String> lines = message.lines()
                .takeWhile(line -> !BACKTRACE.matcher(line.strip()).matches())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        // The reason is what comes last, behind where it was.
        return lines.isEmpty()
                ? innermost.toString()
                : String.join(" | ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }
}
