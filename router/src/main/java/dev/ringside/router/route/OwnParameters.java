package dev.ringside.router.route;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.UnitText;
import dev.ringside.contract.json.TextRules;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request that are for the router. They are taken out before it is forwarded; no others are.
 *
 * @param unit who is randomised; null for a request outside all experiments
 * @param segment the value of the slot's segment attribute, as the client wrote it
 * @param action what the caller says it will do
 * @param actionPropensity the probability with which it does
 * @param time the time of the request, in replays of old data
 */
record OwnParameters(
        @Nullable String unit,
        @Nullable String segment,
        @Nullable String action,
        @Nullable Double actionPropensity,
        @Nullable Instant time) {
    /** The longest text that is taken: it becomes part of an event. */
    static final int LONGEST = UnitText.LONGEST;

    private static final String UNIT = "unit";
    private static final String ACTION = "action";
    private static final String ACTION_PROPENSITY = "action_propensity";
    private static final String TIME = "time";

    /** Reads them. */
    static OwnParameters of(Map<String, Object> parameters, String segmentAttribute) {
        return new OwnParameters(
                unit(parameters),
                text(parameters, segmentAttribute),
                text(parameters, ACTION),
                propensity(parameters),
                time(parameters));
    }

    /** The names that a request may carry for the router. */
    static Set<String> names(String segmentAttribute) {
        return Set.copyOf(List.of(UNIT, segmentAttribute, ACTION, ACTION_PROPENSITY, TIME));
    }

    /** The others. */
    static Map<String, Object> strip(Map<String, Object> parameters, String segmentAttribute) {
        var others = new HashMap<>(parameters);
        others.remove(UNIT);
        others.remove(segmentAttribute);
        others.remove(ACTION);
        others.remove(ACTION_PROPENSITY);
        others.remove(TIME);
        return others;
    }

    /** Checks a text of the client's that becomes part of an event. */
    static String bounded(String field, String text) {
        if (text.length() > LONGEST) {
            throw new InvalidInput(field, "expected at most " + LONGEST + " characters, found " + text.length());
        }
        TextRules.check(field, text, "request");
        return text;
    }

    private static @Nullable String unit(Map<String, Object> parameters) {
        String unit = text(parameters, UNIT);
        return unit == null ? null : UnitText.check("parameters." + UNIT, unit, "request");
    }

    private static @Nullable String text(Map<String, Object> parameters, String name) {
        return switch (parameters.get(name)) {
            case null -> null;
            case String text -> {
                if (text.isEmpty()) {
                    throw new InvalidInput("parameters." + name, "expected a text, found an empty one");
                }
                yield bounded("parameters." + name, text);
            }
            case Long number -> number.toString();
            case Object other ->
                throw new InvalidInput("parameters." + name, "expected a text or a whole number, found " + other);
        };
    }

    private static @Nullable Double propensity(Map<String, Object> parameters) {
        Object given = parameters.get(ACTION_PROPENSITY);
        if (given == null) {
            return null;
        }
        // Text too: some gRPC clients have no parameter of type double.
        double value;
        try {
            value = given instanceof Number number ? number.doubleValue() : Double.parseDouble(given.toString());
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value > 0 && value <= 1)) {
            throw new InvalidInput(
                    "parameters." + ACTION_PROPENSITY, "expected a probability above 0 and at most 1, found " + given);
        }
        return value;
    }

    private static @Nullable Instant time(Map<String, Object> parameters) {
        Object given = parameters.get(TIME);
        if (given == null) {
            return null;
        }
        try {
            return Instant.parse(given.toString());
        } catch (DateTimeParseException e) {
            throw new InvalidInput(
                    "parameters." + TIME, "expected a time such as 2001-04-01T00:00:00Z, found " + given);
        }
    }
}
