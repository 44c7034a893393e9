package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.Period;
import dev.ringside.training.split.Shares;
import dev.ringside.training.split.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads which rows are for training, for early stopping, and for measuring only. */
final class SplitReader {
    private static final String KINDS = "time, ordered, random, stratified, grouped or column";
    private static final String EXAMPLE = "two times such as [2001-01-01, 2001-04-01], the second not part of it";

    private SplitReader() {}

    /** The split, or null if something is wrong with it, which is then noted. */
    static @Nullable Split read(Section root, boolean modelNeedsValidation) {
        Section split = root.section("split");
        boolean needsValidation = modelNeedsValidation && !split.has("folds");
        String kind = split.has("kind") ? split.text("kind", KINDS).toLowerCase(Locale.ROOT) : "time";
        Split read = switch (kind) {
            case "time" -> periods(root, split, needsValidation);
            case "ordered" -> {
                Shares shares = shares(split, needsValidation);
                yield shares == null ? null : new Split.Ordered(shares, gap(split));
            }
            case "random", "stratified" -> {
                Shares shares = shares(split, needsValidation);
                yield shares == null ? null : new Split.Random(shares, kind.equals("stratified"));
            }
            case "grouped" -> {
                Shares shares = shares(split, needsValidation);
                String unit = split.text("by", "the column that tells units apart");
                yield shares == null || unit.isEmpty() ? null : new Split.Grouped(shares, unit);
            }
            case "column" -> declared(split, needsValidation);
            default -> {
                if (!kind.isEmpty()) {
                    split.problem("kind", "expected " + KINDS + ", found " + kind);
                }
                yield null;
            }
        };
        if (split.has("folds")) {
            split.whole("folds", 5, 2, 100);
        }
        if (split.has("folds") && (kind.equals("time") || kind.equals("column"))) {
            split.problem("folds", "expected kind random, stratified, grouped or ordered beside it, found " + kind);
        }
        split.rejectOthers();
        return read;
    }

    private static @Nullable Split periods(Section root, Section split, boolean needsValidation) {
        Period train = period(split, "train");
        Period validation = needsValidation || split.has("validation") ? period(split, "validation") : null;
        Period test = period(split, "test");
        if (train == null || test == null || (needsValidation && validation == null)) {
            return null;
        }
        try {
            return new Split.Periods(train, validation, test);
        } catch (IllegalArgumentException e) {
            root.problem("split", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Shares shares(Section split, boolean needsValidation) {
        if (split.has("folds")) {
            return foldedShares(split);
        }
        double train = split.requiredNumber("train", 0, 1);
        double validation =
                needsValidation ? split.requiredNumber("validation", 0, 1) : split.number("validation", 0, 0, 1);
        double test = split.requiredNumber("test", 0, 1);
        try {
            return new Shares(train, validation, test);
        } catch (IllegalArgumentException e) {
            split.problem("train", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** All but the test part is cut into folds, each of which is the validation part of a model. */
    private static Shares foldedShares(Section split) {
        for (String part : List.of("train", "validation")) {
            if (split.has(part)) {
                split.problem(part, "expected none beside folds, which are cut out of all rows but the test part");
            }
        }
        double test = split.requiredNumber("test", 0.001, 0.999);
        return new Shares(1 - test, 0, test);
    }

    private static Duration gap(Section split) {
        String gap = split.optionalText("gap");
        try {
            return gap == null ? Duration.ZERO : Durations.parse(gap);
        } catch (IllegalArgumentException e) {
            split.problem("gap", String.valueOf(e.getMessage()));
            return Duration.ZERO;
        }
    }

    private static @Nullable Split declared(Section split, boolean needsValidation) {
        String column = split.text("by", "the column that says which part a row is in");
        String train = split.text("train", "the text of rows that teach");
        String test = split.text("test", "the text of rows that only measure");
        JsonNode validation = split.node("validation");
        if (validation.isNumber()) {
            return new Split.Declared(column, train, null, test, split.number("validation", 0.1, 0.001, 0.9));
        }
        String text = split.optionalText("validation");
        if (text == null && needsValidation) {
            split.problem(
                    "validation", "missing: expected a text, or the share of the teaching rows to take, such as 0.2");
            return null;
        }
        return new Split.Declared(column, train, text, test, 0);
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
