package dev.ringside.training.configuration;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a document writes them: {@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}. */
public final class Durations {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Duration parse(String text) {
        Matcher found = DURATION.matcher(text.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException("expected a duration such as 30s, 5m, 12h or 7d, found " + text);
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
