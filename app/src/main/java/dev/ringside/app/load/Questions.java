package dev.ringside.app.load;

import com.google.protobuf.ByteString;
import dev.ringside.benchmarks.serving.Network;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The same rows for one of the bench's networks in each form.
 *
 * @param network what is asked
 * @param rows of a request
 */
record Questions(Network network, int rows) {
    /** The name of the model in a server's folder. */
    String model() {
        return network.name();
    }

    private static float value(int i) {
        return (i % 17 - 8) / 8f;
    }

    /** @param timeoutMicros after which nobody waits for the answer; 0 for none */
    HttpLoad json(URI server, long timeoutMicros) {
        return new HttpLoad(server, path(), body(timeoutMicros == 0 ? "" : "\"timeout\":" + timeoutMicros));
    }

    /** The body in JSON. */
    byte[] body(String parameters) {
        var data = new StringJoiner(",");
        for (int i = 0; i < rows * network.inputs(); i++) {
            data.add(Float.toString(value(i)));
        }
        String body = "{" + (parameters.isEmpty() ? "" : "\"parameters\":{" + parameters + "},")
                + "\"inputs\":[{\"name\":\"x\",\"shape\":[" + rows + "," + network.inputs()
                + "],\"datatype\":\"FP32\",\"data\":[" + data + "]}]}";
        return body.getBytes(StandardCharsets.UTF_8);
    }

    HttpLoad binary(URI server) {
        byte[] json = ("{\"inputs\":[{\"name\":\"x\",\"shape\":[" + rows + "," + network.inputs()
                        + "],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":" + bytes().length
                        + "}}],\"parameters\":{\"binary_data_output\":true}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(json.length + bytes().length)
                .put(json)
                .put(bytes())
                .array();
        return new HttpLoad(server, path(), body, "Inference-Header-Content-Length", Integer.toString(json.length));
    }

    GrpcLoad grpc(int port) {
        return new GrpcLoad(port, message());
    }

    ModelInferRequest message() {
        return ModelInferRequest.newBuilder()
                .setModelName(model())
                .addInputs(InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(rows)
                        .addShape(network.inputs()))
                .addRawInputContents(ByteString.copyFrom(bytes()))
                .build();
    }

    String path() {
        return "/v2/models/" + model() + "/infer";
    }

    private byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * rows * network.inputs()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * network.inputs(); i++) {
            bytes.putFloat(value(i));
        }
        return bytes.array();
    }
}
