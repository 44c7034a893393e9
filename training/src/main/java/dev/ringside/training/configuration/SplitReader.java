package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.Period;
import dev.ringside.training.dataset.Split;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which times are for training, for early stopping, and for measuring only. */
final class SplitReader {
    private static final String EXAMPLE = "two times such as [2001-01-01, 2001-04-01], the second not part of it";

    private SplitReader() {}

    /** The split, or null if something is wrong with it, which is then noted. */
    static @Nullable Split read(Section root, boolean needsValidation) {
        Section split = root.section("split");
        Period train = period(split, "train");
        Period validation = needsValidation || split.has("validation") ? period(split, "validation") : null;
        Period test = period(split, "test");
        split.rejectOthers();
        if (train == null || test == null || (needsValidation && validation == null)) {
            return null;
        }
        try {
            return new Split(train, validation, test);
        } catch (IllegalArgumentException e) {
            root.problem("split", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Period period(Section split, String part) {
        List<JsonNode> bounds = split.list(part, EXAMPLE);
        if (bounds.size() != 2) {
            if (!bounds.isEmpty()) {
                split.problem(part, "expected " + EXAMPLE + ", found " + bounds.size() + " of them");
            }
            return null;
        }
        try {
            return new Period(
                    instant(bounds.getFirst().asText()),
                    instant(bounds.getLast().asText()));
        } catch (DateTimeParseException e) {
            split.problem(part, "expected " + EXAMPLE + ", found " + e.getParsedString());
        } catch (IllegalArgumentException e) {
            split.problem(part, String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static Instant instant(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }
}
