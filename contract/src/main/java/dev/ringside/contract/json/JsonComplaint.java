package dev.ringside.contract.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.ringside.contract.InvalidInput;
import java.util.List;

/** What Jackson complains of, in the words of {@link InvalidInput}: the field first, then what is wrong with it. */
public final class JsonComplaint {
    private JsonComplaint() {}

    /** The complaint about a text that is not JSON, or not the JSON that was asked for. */
    public static InvalidInput of(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> new InvalidInput(path(unknown), unknown(unknown));
            case InvalidNullException nothing -> new InvalidInput(path(nothing), "expected a value, found null");
            case JsonMappingException wrong -> wrong(wrong);
            default -> malformed(e);
        };
    }

    private static String unknown(UnrecognizedPropertyException e) {
        return Spelling.unknown(
                e.getPropertyName(),
                e.getKnownPropertyIds() == null
                        ? List.of()
                        : e.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .toList());
    }

    private static InvalidInput wrong(JsonMappingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInput rule) {
                // The innermost element of the path is the record that complained; the rule names the field in it.
                String outer = path(e);
                return outer.isEmpty() ? rule : rule.within(outer);
            }
        }
        return new InvalidInput(
                path(e),
                switch (e) {
                    case InvalidFormatException format ->
                        "expected " + Expected.of(format.getTargetType()) + ", found " + found(format.getValue());
                    case ValueInstantiationException incomplete
                    when incomplete.getCause() instanceof NullPointerException ->
                        "a value is missing: expected "
                                + Expected.of(incomplete.getType().getRawClass());
                    case MismatchedInputException other
                    when other.getTargetType() != null && isTechnical(other.getOriginalMessage()) ->
                        "expected " + Expected.of(other.getTargetType());
                    default -> e.getOriginalMessage();
                });
    }

    /** Others of the kind, such as a field that is repeated, have words of their own. */
    private static boolean isTechnical(String message) {
        return message.startsWith("Cannot ") || message.startsWith("Unexpected token ");
    }

    private static String found(Object value) {
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }

    private static InvalidInput malformed(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        // The parser is closed by now: it knows the name that it read last, not whether it was past that field's value.
        String field = e.getProcessor() instanceof JsonParser parser ? path(parser.getParsingContext()) : "";
        return new InvalidInput(
                where,
                "not valid: " + e.getOriginalMessage() + (field.isEmpty() ? "" : "; in or after '" + field + "'"));
    }

    private static String path(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String outer = path(context.getParent());
        if (context.inArray()) {
            return outer + "[" + context.getCurrentIndex() + "]";
        }
        String name = context.getCurrentName();
        return name == null ? outer : outer.isEmpty() ? name : outer + "." + name;
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
