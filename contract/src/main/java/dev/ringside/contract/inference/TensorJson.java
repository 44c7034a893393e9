package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;

/** A tensor as the protocol writes it, {@code {"name", "shape", "datatype", "data"}}, in bodies and in documents. */
final class TensorJson {
    private TensorJson() {}

    /** Writes a tensor whose values come behind the JSON. */
    static void write(Tensor tensor, int binarySize, JsonGenerator out) throws IOException {
        out.writeStartObject();
        head(tensor, out);
        out.writeObjectFieldStart("parameters");
        out.writeNumberField(InferenceBinary.SIZE, binarySize);
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void head(Tensor tensor, JsonGenerator out) throws IOException {
        out.writeStringField("name", tensor.name());
        out.writeArrayFieldStart("shape");
        for (long n : tensor.shape()) {
            out.writeNumber(n);
        }
        out.writeEndArray();
        out.writeStringField("datatype", tensor.datatype().name());
    }

    static void write(Tensor tensor, JsonGenerator out) throws IOException {
        out.writeStartObject();
        head(tensor, out);
        out.writeFieldName("data");
        switch (tensor.data()) {
            case TensorData.Floats floats -> {
                out.writeStartArray();
                for (float value : floats.values()) {
                    out.writeNumber(value);
                }
                out.writeEndArray();
            }
            case TensorData.Fp64(double[] values) -> {
                out.writeStartArray();
                for (double value : values) {
                    out.writeNumber(value);
                }
                out.writeEndArray();
            }
            case TensorData.Int64(long[] values) -> out.writeArray(values, 0, values.length);
            case TensorData.Whole whole -> {
                out.writeStartArray();
                for (int i = 0; i < whole.size(); i++) {
                    long value = whole.values()[i];
                    if (value < 0 && whole.datatype() == DataType.UINT64) {
                        out.writeNumber(whole.text(i));
                    } else {
                        out.writeNumber(value);
                    }
                }
                out.writeEndArray();
            }
            case TensorData.Bool(boolean[] values) -> {
                out.writeStartArray();
                for (boolean value : values) {
                    out.writeBoolean(value);
                }
                out.writeEndArray();
            }
            case TensorData.Bytes(String[] values) -> out.writeArray(values, 0, values.length);
        }
        out.writeEndObject();
    }

    /** Writes a tensor inside a document, such as a manifest's golden rows. */
    static final class Writer extends StdSerializer<Tensor> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Tensor.class);
        }

        @Override
        public void serialize(Tensor tensor, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(tensor, out);
        }
    }

    /** Reads a tensor inside a document. */
    static final class Reader extends StdDeserializer<Tensor> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Tensor.class);
        }

        @Override
        public Tensor deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return TensorReader.read(parser, "tensor", 0, null, 0, InferenceLimits.NONE);
            } catch (InferenceFailure e) {
                throw JsonMappingException.from(
                        parser, String.valueOf(e.getMessage()), new InvalidInput("", String.valueOf(e.getMessage())));
            }
        }
    }
}
