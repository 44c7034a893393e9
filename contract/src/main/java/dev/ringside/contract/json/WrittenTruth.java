package dev.ringside.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A true or false of a document that remembers how it was written, as {@link WrittenNumber} does: {@code True} is a name
 * where a text is expected.
 */
final class WrittenTruth extends ValueNode {
    private static final long serialVersionUID = 1L;

    private final BooleanNode value;
    private final String written;

    WrittenTruth(BooleanNode value, String written) {
        this.value = value;
        this.written = written;
    }

    @Override
    public String asText() {
        return written;
    }

    /** What is shown in complaints: as it was written, too. */
    @Override
    public String toString() {
        return written;
    }

    @Override
    public JsonNodeType getNodeType() {
        return JsonNodeType.BOOLEAN;
    }

    @Override
    public JsonToken asToken() {
        return value.asToken();
    }

    @Override
    public boolean booleanValue() {
        return value.booleanValue();
    }

    @Override
    public boolean asBoolean(boolean standIn) {
        return value.asBoolean(standIn);
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        value.serialize(json, provider);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WrittenTruth scalar && written.equals(scalar.written) && value.equals(scalar.value);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }
}
