package dev.ringside.contract.feature;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The key of a hash of features as a slot writes it, such as <code>user:{unit}</code>: text, with names in braces that stand for what a
 * request says. {@value #UNIT} and {@value #SEGMENT} are its parameters, any other name is an input that it sends.
 *
 * @param parts in their order
 */
public record FeatureKey(List<Part> parts) {
    /** Who is predicted for. */
    public static final String UNIT = "unit";

    /** The segment that the request counts for. */
    public static final String SEGMENT = "segment";

    /** A part of a key. */
    public sealed interface Part {
        /** What stands in every key. */
        record Text(String text) implements Part {}

        /** What a request says under a name. */
        record Name(String name) implements Part {}
    }

    /** Copies the list. */
    public FeatureKey {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a key as it is written.
     *
     * @throws InvalidInput if it is empty, or a brace does not end
     */
    public static FeatureKey parse(String written) {
        require(!written.isEmpty(), "", "expected a key such as user:{unit}, found an empty text");
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < written.length()) {
            int open = written.indexOf('{', at);
            if (open != at) {
                String text = written.substring(at, open < 0 ? written.length() : open);
                require(text.indexOf('}') < 0, "", "expected a { before each }, found \"" + written + "\"");
                parts.add(new Part.Text(text));
            }
            if (open < 0) {
                break;
            }
            int close = written.indexOf('}', open);
            require(close > open + 1, "", "expected a name in braces such as {unit}, found \"" + written + "\"");
            String name = written.substring(open + 1, close);
            require(name.indexOf('{') < 0, "", "expected a } after each {, found \"" + written + "\"");
            parts.add(new Part.Name(name));
            at = close + 1;
        }
        return new FeatureKey(parts);
    }

    /** The names of inputs in it. */
    public Set<String> inputs() {
        return parts.stream()
                .filter(Part.Name.class::isInstance)
                .map(part -> ((Part.Name) part).name())
                .filter(name -> !name.equals(UNIT) && !name.equals(SEGMENT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
