package dev.ringside.contract.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of the Open Inference Protocol v2, read and written token by token.
 *
 * <p>Unknown keys are skipped, as Triton does: its clients send keys that the protocol does not name. Bodies with binary
 * tensors behind their JSON are {@link InferenceBinary}'s.
 *
 * <p>Numbers that are not finite: read as {@link TensorValues} says, written to other servers as bare words (Triton's
 * and Python's way), and never part of a response: strict parsers stop there, and no product can act on such an answer.
 * Reading and writing one refuse it; a server checks its outputs before ({@link #requireFinite}).
 */
public final class InferenceJson {
    // Requests run on virtual threads, one each: buffers kept by thread would never be used twice.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private InferenceJson() {}

    /**
     * Reads the body of an infer request that is all JSON, within the default limits.
     *
     * @throws InferenceFailure {@code MALFORMED} naming what was expected and found, or {@code UNSUPPORTED} for a feature
     *     of the protocol that is not there
     */
    public static InferenceRequest readRequest(byte[] body) {
        return read(body, body.length, null, InferenceLimits.DEFAULT).request();
    }

    /**
     * Reads the JSON of an infer request.
     *
     * @param length how much of the body it is
     * @param tail what is behind it; null for a body without a header that says so
     */
    static InferenceBinary.Received read(byte[] body, int length, @Nullable BinaryTail tail, InferenceLimits limits) {
        return parse(body, length, parser -> new RequestReader(tail, limits).read(parser));
    }

    /**
     * Reads the body of another server's infer response.
     *
     * @throws InferenceFailure {@code FAILED} if it is not understood, or an output is not finite
     */
    public static InferenceResponse readResponse(byte[] body) {
        try {
            InferenceResponse response = parse(body, body.length, ResponseReader::read);
            requireFinite(response);
            return response;
        } catch (InferenceFailure e) {
            throw new InferenceFailure(Cause.FAILED, "the server's answer is not understood: " + e.getMessage(), e);
        }
    }

    /** The body of an infer request. */
    public static byte[] writeRequest(InferenceRequest request) {
        return write(out -> {
            if (request.id() != null) {
                out.writeStringField("id", request.id());
            }
            ParametersJson.write(request.parameters(), out);
            tensors("inputs", request.inputs(), out);
            if (!request.outputs().isEmpty()) {
                out.writeArrayFieldStart("outputs");
                for (String output : request.outputs()) {
                    out.writeStartObject();
                    out.writeStringField("name", output);
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
        });
    }

    /**
     * The body of an infer response. It has the protocol's keys only: one more makes Triton's Java client throw.
     *
     * @throws InferenceFailure {@code FAILED} if an output is not finite
     */
    public static byte[] writeResponse(InferenceResponse response) {
        return writeResponse(response, Map.of());
    }

    /** The same with the size alone of outputs whose values come behind the JSON, by their names. */
    static byte[] writeResponse(InferenceResponse response, Map<String, byte[]> binary) {
        requireFinite(response);
        return write(out -> {
            out.writeStringField("model_name", response.modelName());
            out.writeStringField("model_version", response.modelVersion());
            if (response.id() != null) {
                out.writeStringField("id", response.id());
            }
            ParametersJson.write(response.parameters(), out);
            out.writeArrayFieldStart("outputs");
            for (Tensor output : response.outputs()) {
                byte[] values = binary.get(output.name());
                if (values == null) {
                    TensorJson.write(output, out);
                } else {
                    TensorJson.write(output, values.length, out);
                }
            }
            out.writeEndArray();
        });
    }

    /**
     * Checks that every floating-point value of a response is a finite number.
     *
     * @throws InferenceFailure {@code FAILED} naming model, output and value
     */
    public static void requireFinite(InferenceResponse response) {
        for (Tensor output : response.outputs()) {
            int i = output.data().firstNotFinite();
            if (i >= 0) {
                throw new InferenceFailure(
                        Cause.FAILED,
                        "model '" + response.modelName() + "' version '" + response.modelVersion() + "': output '"
                                + output.name() + "' value " + i + " is "
                                + output.data().text(i)
                                + ", expected a finite number");
            }
        }
    }

    /** The body of every answer that is an error: exactly {@code {"error": "…"}}. */
    public static byte[] error(String message) {
        return write(out -> out.writeStringField("error", message));
    }

    /** What another server's error body says; null if it is none. */
    public static @Nullable String readError(byte[] body) {
        try {
            return parse(body, body.length, ResponseReader::readError);
        } catch (InferenceFailure e) {
            return null;
        }
    }

    /** The body of {@code GET /v2/health/live}. */
    public static byte[] live(boolean live) {
        return write(out -> out.writeBooleanField("live", live));
    }

    /** The body of {@code GET /v2/health/ready} and {@code GET /v2/models/{model}/ready}. */
    public static byte[] ready(boolean ready) {
        return write(out -> out.writeBooleanField("ready", ready));
    }

    private static void tensors(String field, List<Tensor> tensors, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(field);
        for (Tensor tensor : tensors) {
            TensorJson.write(tensor, out);
        }
        out.writeEndArray();
    }

    @FunctionalInterface
    private interface Read<T extends @Nullable Object> {
        T from(JsonParser parser) throws IOException;
    }

    @FunctionalInterface
    private interface Write {
        void to(JsonGenerator out) throws IOException;
    }

    private static <T extends @Nullable Object> T parse(byte[] body, int length, Read<T> read) {
        try (JsonParser parser = FACTORY.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InferenceFailure(
                        Cause.MALFORMED, "the body: expected a JSON object, found " + Found.at(parser));
            }
            T value = read.from(parser);
            if (parser.nextToken() != null) {
                throw new InferenceFailure(
                        Cause.MALFORMED, "the body: expected nothing after its object, found " + Found.at(parser));
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
            throw new InferenceFailure(
                    Cause.MALFORMED, "the body is not valid JSON" + where + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InferenceFailure(Cause.MALFORMED, "the body is not valid JSON: " + e.getMessage(), e);
        }
    }

    private static byte[] write(Write write) {
        try (var bytes = new ByteArrayBuilder(512);
                JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            write.to(out);
            out.writeEndObject();
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
