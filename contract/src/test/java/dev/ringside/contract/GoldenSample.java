package dev.ringside.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A file that shows how a contract is written, and has to be readable for ever. */
public final class GoldenSample {
    private final String text;

    private GoldenSample(String text) {
        this.text = text;
    }

    /** The sample of that name in the package of a test. */
    public static GoldenSample of(Class<?> test, String name) {
        try (InputStream file = test.getResourceAsStream(name)) {
            if (file == null) {
                throw new AssertionError("no golden sample " + name + " beside " + test);
            }
            return new GoldenSample(new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that the value is written as the sample and read from it, and that fields which this release does not know
     * change nothing.
     *
     * @param read the type that readers ask for
     * @param extensible JSON pointers of the objects within it that the next release may add fields to
     */
    public <T> void holds(T value, Class<? super T> read, String... extensible) {
        assertEquals(text, Json.pretty(value));
        assertEquals(value, Json.read(text, read));
        JsonNode extended = Json.read(text, JsonNode.class);
        ((ObjectNode) extended).put("field_of_the_next_release", "{}");
        for (String pointer : extensible) {
            ((ObjectNode) extended.at(pointer)).putArray("field_of_the_next_release");
        }
        assertEquals(value, Json.read(extended.toString(), read));
    }
}
