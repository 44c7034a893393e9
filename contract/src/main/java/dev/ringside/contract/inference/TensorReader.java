package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tensor, {@code {"name", "shape", "datatype", "data"}}, token by token. The keys may come in any order; other
 * keys are skipped.
 */
final class TensorReader {
    private final JsonParser parser;
    private final String kind;
    private final int index;
    private final @Nullable BinaryTail tail;
    private final long before;
    private final InferenceLimits limits;
    private @Nullable String name;
    private @Nullable DataType datatype;
    private @Nullable List<Long> shape;
    private @Nullable TensorData data;
    private @Nullable TokenBuffer untyped;
    private @Nullable Long binarySize;

    private TensorReader(
            JsonParser parser, String kind, int index, @Nullable BinaryTail tail, long before, InferenceLimits limits) {
        this.tail = tail;
        this.before = before;
        this.limits = limits;
        this.parser = parser;
        this.kind = kind;
        this.index = index;
    }

    /**
     * Reads the tensor that begins at the parser's current token.
     *
     * @param kind what the complaint calls it: {@code input}, {@code output} or {@code tensor}
     * @param index its place among its kind, named where it has no name yet
     * @param tail where its values are if they are binary; null where nothing can be
     * @param before how many values the tensors before it have
     */
    static Tensor read(
            JsonParser parser, String kind, int index, @Nullable BinaryTail tail, long before, InferenceLimits limits)
            throws IOException {
        return new TensorReader(parser, kind, index, tail, before, limits).read();
    }

    private Tensor read() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("expected an object with name, shape, datatype and data, found " + Found.at(parser));
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = text(key);
                case "datatype" -> datatype = datatype();
                case "shape" -> shape = shape();
                case "data" -> data();
                case "parameters" -> parameters();
                default -> parser.skipChildren();
            }
        }
        return tensor();
    }

    private Tensor tensor() throws IOException {
        if (name == null) {
            throw malformed("'name' is missing");
        }
        if (datatype == null) {
            throw malformed("'datatype' is missing, expected " + DataType.names());
        }
        if (shape == null) {
            throw malformed("'shape' is missing, expected such as [1, 1]");
        }
        if (untyped != null) {
            try (JsonParser buffered = untyped.asParser()) {
                buffered.nextToken();
                data = values(buffered, datatype);
            }
        }
        long expected = TensorShape.count(label(), shape);
        TensorShape.requireWithin(limits, before, label(), shape);
        if (binarySize != null) {
            data = binary(binarySize, datatype, expected);
        }
        if (data == null) {
            throw malformed("'data' is missing, expected an array of " + datatype + " values");
        }
        if (expected != data.size()) {
            throw malformed("expected " + expected + " values as its shape " + shape + " says, found " + data.size());
        }
        return new Tensor(name, shape, data);
    }

    private TensorData binary(long size, DataType type, long count) {
        if (data != null) {
            throw malformed("has 'data' and the parameter " + InferenceBinary.SIZE + ", expected one of them");
        }
        if (tail == null) {
            throw malformed("the parameter " + InferenceBinary.SIZE + " is " + size
                    + ", expected a header " + InferenceBinary.HEADER
                    + " that says where the JSON ends and binary tensors begin");
        }
        return tail.take(label(), size, type, count);
    }

    private DataType datatype() throws IOException {
        return DataType.read(label(), text("datatype"));
    }

    private List<Long> shape() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'shape': expected an array of whole numbers, found " + Found.at(parser));
        }
        var dimensions = new ArrayList<Long>(4);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || parser.getLongValue() < 0) {
                throw malformed("'shape': expected whole numbers of 0 or more, found " + Found.at(parser));
            }
            dimensions.add(parser.getLongValue());
            if (dimensions.size() > limits.dimensions()) {
                throw limits.tooManyDimensions(label() + ": 'shape'");
            }
        }
        return dimensions;
    }

    private void data() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (datatype != null) {
            data = values(parser, datatype);
        } else {
            untyped = new TokenBuffer(parser);
            untyped.copyCurrentStructure(parser);
        }
    }

    private TensorData values(JsonParser from, DataType type) throws IOException {
        if (from.currentToken() != JsonToken.START_ARRAY) {
            throw malformed("'data': expected an array of " + type + " values, found " + Found.at(from));
        }
        var values = new TensorValues(from, label(), capacity(), before, limits);
        return switch (type) {
            case BOOL -> values.bool();
            case INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64 -> values.whole(type);
            case INT64 -> values.int64();
            case FP16 -> values.fp16();
            case BF16 -> values.bf16();
            case FP32 -> values.fp32();
            case FP64 -> values.fp64();
            case BYTES -> values.bytes();
        };
    }

    /** How many values to make room for; what a shape promises is not believed beyond a bound. */
    private int capacity() {
        return shape == null ? 16 : (int) Math.min(TensorShape.count(label(), shape), 16_384);
    }

    /** Most parameters of a tensor are hints; these change what is meant, so they must not pass unseen. */
    private void parameters() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case InferenceBinary.SIZE -> binarySize = size();
                case "shared_memory_region" ->
                    throw new InferenceFailure(
                            Cause.UNSUPPORTED, label() + ": shared memory is not supported, send the values in 'data'");
                default -> parser.skipChildren();
            }
        }
    }

    private long size() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw malformed(
                    "parameter '" + InferenceBinary.SIZE + "': expected how many bytes, found " + Found.at(parser));
        }
        return parser.getLongValue();
    }

    private String text(String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw malformed("'" + key + "': expected a text, found " + Found.at(parser));
        }
        return parser.getText();
    }

    private String label() {
        return name == null ? kind + "s[" + index + "]" : kind + " '" + Found.shortened(name) + "'";
    }

    private InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, label() + ": " + rule);
    }
}
