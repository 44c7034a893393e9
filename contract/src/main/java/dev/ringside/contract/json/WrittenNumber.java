package dev.ringside.contract.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of a document that remembers how it was written. Where a number is expected it is that number; where a text is
 * expected, {@link #asText()} is what stands in the document: version {@code 1.10} is not 1.1, and {@code 007} is not 7.
 */
final class WrittenNumber extends NumericNode {
    private static final long serialVersionUID = 1L;

    private final NumericNode value;
    private final String written;

    WrittenNumber(NumericNode value, String written) {
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
    public JsonToken asToken() {
        return value.asToken();
    }

    @Override
    public JsonParser.@Nullable NumberType numberType() {
        return value.numberType();
    }

    @Override
    public boolean isIntegralNumber() {
        return value.isIntegralNumber();
    }

    @Override
    public boolean isFloatingPointNumber() {
        return value.isFloatingPointNumber();
    }

    @Override
    public boolean isInt() {
        return value.isInt();
    }

    @Override
    public boolean isLong() {
        return value.isLong();
    }

    @Override
    public boolean isDouble() {
        return value.isDouble();
    }

    @Override
    public boolean isBigInteger() {
        return value.isBigInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return value.canConvertToInt();
    }

    @Override
    public boolean canConvertToLong() {
        return value.canConvertToLong();
    }

    @Override
    public Number numberValue() {
        return value.numberValue();
    }

    @Override
    public int intValue() {
        return value.intValue();
    }

    @Override
    public long longValue() {
        return value.longValue();
    }

    @Override
    public double doubleValue() {
        return value.doubleValue();
    }

    @Override
    public BigDecimal decimalValue() {
        return value.decimalValue();
    }

    @Override
    public BigInteger bigIntegerValue() {
        return value.bigIntegerValue();
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        value.serialize(json, provider);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WrittenNumber scalar && written.equals(scalar.written) && value.equals(scalar.value);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }
}
