package dev.ringside.metrics.ingest;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.id.UnitHasher;
import dev.ringside.contract.id.UnitText;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.json.JsonComplaint;
import dev.ringside.contract.json.TextRules;
import dev.ringside.contract.kpi.Names;
import dev.ringside.contract.moments.Moments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what clients send as outcomes: one object, or an array of them, all valid or none taken. */
final class OutcomeReader {
    /** How many outcomes a post may have. */
    static final int MOST = 1000;

    private static final int LONGEST_EVENT_ID = 128;
    private static final int LONGEST_TEXT = 256;

    private static final Duration EARLY = Duration.ofSeconds(5);

    /** What is accepted must be counted, so these are the limits of the aggregator's reckoning. */
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Moments.BOUND, 6);
    private static final List<String> FIELDS = List.of(
            "event_id", "revision", "retraction", "prediction_id", "unit", "name", "value", "time", "received_at");

    private final ObjectReader reader =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private final UnitHasher hasher;
    private final boolean stepped;

    /**
     * An outcome but for its receipt by a wall's clock and its writer.
     *
     * @param place in an array, such as {@code [3]}; empty for one that came alone
     */
    record Draft(
            String place,
            String eventId,
            int revision,
            boolean retraction,
            long unitHash,
            @Nullable String unit,
            @Nullable PredictionId predictionId,
            String name,
            long valueMicros,
            Instant time,
            @Nullable Instant receivedAt) {
        /** The same complaint, with the place of the outcome in its post. */
        InvalidInput within(InvalidInput complaint) {
            return place.isEmpty() ? complaint : complaint.within(place);
        }
    }

    /**
     * @param key of the installation
     * @param stepped whether outcomes may name when they were received
     */
    OutcomeReader(InstallKey key, boolean stepped) {
        this.hasher = key.hasher();
        this.stepped = stepped;
    }

    /**
     * Reads a body.
     *
     * @throws InvalidInput naming the index and field of the first that breaks a rule
     */
    List<Draft> read(byte[] body) {
        JsonNode tree = tree(body);
        if (!tree.isArray()) {
            return List.of(draft(tree, ""));
        }
        require(tree.size() <= MOST, "", "expected at most " + MOST + " outcomes in a post, found " + tree.size());
        var drafts = new ArrayList<Draft>(tree.size());
        for (int i = 0; i < tree.size(); i++) {
            String place = "[" + i + "]";
            try {
                drafts.add(draft(tree.get(i), place));
            } catch (InvalidInput e) {
                throw e.within(place);
            }
        }
        return drafts;
    }

    private JsonNode tree(byte[] body) {
        try {
            return reader.readTree(body);
        } catch (JsonProcessingException e) {
            throw JsonComplaint.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Draft draft(JsonNode node, String place) {
        require(node.isObject(), "", "expected an outcome as a JSON object, or an array of them");
        node.fieldNames()
                .forEachRemaining(field -> require(
                        FIELDS.contains(field), field, "unknown field; an outcome has " + new TreeSet<>(FIELDS)));
        String eventId = text(node, "event_id");
        if (eventId == null) {
            throw new InvalidInput(
                    "event_id", "missing: every outcome needs an id of its own, so that a repeat counts once");
        }
        require(
                eventId.length() <= LONGEST_EVENT_ID,
                "event_id",
                "expected 1 to " + LONGEST_EVENT_ID + " characters, found " + eventId.length());
        String name = text(node, "name");
        if (name == null) {
            throw new InvalidInput("name", "missing: expected what happened, such as \"late\"");
        }
        String unit = unit(node);
        String prediction = text(node, "prediction_id");
        PredictionId predictionId = prediction == null ? null : new PredictionId(prediction);
        Instant time = time(node, "time");
        if (time == null) {
            throw new InvalidInput("time", "missing: expected when it happened, such as 2026-01-31T12:00:00Z");
        }
        return new Draft(
                place,
                eventId,
                revision(node),
                retraction(node),
                unitHash(unit, predictionId),
                unit,
                predictionId,
                Names.check("name", name),
                valueMicros(node),
                time,
                receivedAt(node, time));
    }

    private long unitHash(@Nullable String unit, @Nullable PredictionId predictionId) {
        if (unit == null) {
            if (predictionId == null) {
                throw new InvalidInput("unit", "missing: expected unit or prediction_id");
            }
            return predictionId.unitHash();
        }
        long hash = hasher.hash(unit);
        require(
                predictionId == null || predictionId.unitHash() == hash,
                "prediction_id",
                "it names another unit than \"" + unit + "\"; send one of the two, or the pair that the answer had");
        return hash;
    }

    private @Nullable Instant receivedAt(JsonNode node, Instant time) {
        Instant named = time(node, "received_at");
        require(
                named == null || stepped,
                "received_at",
                "only a replay may name it (ringside.clock=request); this installation stamps outcomes itself");
        Instant received = stepped && named == null ? time : named;
        if (received != null) {
            requireNotEarly(time, received);
        }
        return received;
    }

    /** What has not happened yet cannot have been received. */
    static void requireNotEarly(Instant time, Instant receivedAt) {
        require(
                !time.isAfter(receivedAt.plus(EARLY)),
                "time",
                "expected at most 5 s after it was received, " + receivedAt + ", found " + time
                        + "; is the sender's clock right?");
    }

    private static @Nullable String unit(JsonNode node) {
        JsonNode value = node.path("unit");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Long.toString(value.longValue());
        }
        require(value.isTextual(), "unit", "expected a text or a whole number, found " + value);
        return UnitText.check("unit", value.textValue(), "outcome");
    }

    private static @Nullable String text(JsonNode node, String field) {
        return text(node, field, LONGEST_TEXT);
    }

    private static @Nullable String text(JsonNode node, String field, int longest) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        require(value.isTextual(), field, "expected a text, found " + value);
        String text = value.textValue();
        require(
                !text.isBlank() && text.length() <= longest,
                field,
                "expected 1 to " + longest + " characters, found " + text.length());
        TextRules.check(field, text, "outcome");
        return text;
    }

    private static @Nullable Instant time(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            require(
                    !time.isBefore(FIRST) && time.isBefore(LAST),
                    field,
                    "expected a time from 1900 to 2099, found \"" + text + "\"");
            return time;
        } catch (DateTimeParseException e) {
            throw new InvalidInput(
                    field,
                    "expected a time in UTC as in RFC 3339, such as 2026-01-31T12:00:00Z, found \"" + text + "\"");
        }
    }

    private static int revision(JsonNode node) {
        JsonNode value = node.path("revision");
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        require(
                value.isInt() && value.intValue() >= 0,
                "revision",
                "expected a whole number of 0 or more, found " + value);
        return value.intValue();
    }

    private static boolean retraction(JsonNode node) {
        JsonNode value = node.path("retraction");
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        require(value.isBoolean(), "retraction", "expected true or false, found " + value);
        return value.booleanValue();
    }

    private static long valueMicros(JsonNode node) {
        JsonNode value = node.path("value");
        require(value.isNumber(), "value", "expected a number, found " + (value.isMissingNode() ? "nothing" : value));
        require(
                Math.abs(value.doubleValue()) <= LARGEST.doubleValue(),
                "value",
                "expected at most ±" + LARGEST.toBigInteger() + ", found " + value);
        BigDecimal exact =
                value.isFloatingPointNumber() ? BigDecimal.valueOf(value.doubleValue()) : value.decimalValue();
        long micros =
                exact.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        require(
                micros != 0 || exact.signum() == 0,
                "value",
                "expected 0, or a value that is not 0 in millionths, as which it is kept; found " + value
                        + "; send it in a smaller unit");
        return micros;
    }
}
