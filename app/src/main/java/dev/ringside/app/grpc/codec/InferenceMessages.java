package dev.ringside.app.grpc.codec;

import com.google.protobuf.UnsafeByteOperations;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.Classifications;
import dev.ringside.contract.inference.Found;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.ReservedParameters;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.grpc.InferParameter;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferRequestedOutputTensor;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelInferResponse.InferOutputTensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inference requests and responses as messages: the third codec beside those for JSON and for binary tensors. */
public final class InferenceMessages {
    /** A wish for the form of an answer that has one form here. */
    private static final String BINARY_OUTPUTS = "binary_data_output";

    private InferenceMessages() {}

    /**
     * A request as it came.
     *
     * @param request what is asked
     * @param classes which outputs shall be classes
     */
    public record Received(InferenceRequest request, Classifications classes) {}

    /**
     * Reads a request.
     *
     * @throws InferenceFailure {@code MALFORMED} naming what was expected and found, {@code TOO_LARGE} or
     *     {@code UNSUPPORTED}
     */
    public static Received read(ModelInferRequest request, InferenceLimits limits) {
        Map<String, Object> parameters = ReservedParameters.check(Parameters.read(request.getParametersMap()));
        parameters.remove(BINARY_OUTPUTS);
        List<Tensor> inputs = new InputTensors(request, limits).read();
        if (request.getOutputsCount() > limits.tensors()) {
            throw limits.tooManyTensors("'outputs'");
        }
        Set<String> outputs = new LinkedHashSet<>();
        Map<String, Integer> classes = new HashMap<>();
        for (int i = 0; i < request.getOutputsCount(); i++) {
            InferRequestedOutputTensor output = request.getOutputs(i);
            String label = "outputs[" + i + "]";
            if (output.getName().isEmpty()) {
                throw malformed(label + ": 'name' is missing");
            }
            if (!outputs.add(output.getName())) {
                throw malformed(
                        "requested output '" + Found.shortened(output.getName()) + "': expected once, found twice");
            }
            int count = classes(label, output);
            if (count > 0) {
                classes.put(output.getName(), count);
            }
        }
        return new Received(
                new InferenceRequest(id(request), parameters, inputs, List.copyOf(outputs)),
                new Classifications(classes));
    }

    /** An empty one is none: clients that number nothing send it. */
    private static @Nullable String id(ModelInferRequest request) {
        return request.getId().isEmpty() ? null : request.getId();
    }

    /** How many classes are wanted of an output; 0 is none, as Triton has it. */
    private static int classes(String label, InferRequestedOutputTensor output) {
        if (output.containsParameters("shared_memory_region")) {
            throw new InferenceFailure(
                    Cause.UNSUPPORTED,
                    label + ": parameter 'shared_memory_region': shared memory is not supported, ask for the values"
                            + " in the response");
        }
        return switch (Parameters.read(output.getParametersMap()).get(Classifications.PARAMETER)) {
            case null -> 0;
            case Long count when count >= 0 && count <= Integer.MAX_VALUE -> Math.toIntExact(count);
            case Object other ->
                throw malformed(label + ": parameter '" + Classifications.PARAMETER
                        + "': expected how many classes, found " + Found.shortened(other.toString()));
        };
    }

    /**
     * The message of a response, all of whose outputs are raw, as Triton's are.
     *
     * @throws InferenceFailure {@code FAILED} if an output is not finite
     */
    public static ModelInferResponse write(InferenceResponse response) {
        InferenceJson.requireFinite(response);
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(response.modelName())
                .setModelVersion(response.modelVersion())
                .putAllParameters(Parameters.write(response.parameters()));
        if (response.id() != null) {
            message.setId(response.id());
        }
        for (Tensor output : response.outputs()) {
            message.addOutputs(InferOutputTensor.newBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name())
                    .addAllShape(output.shape()));
            message.addRawOutputContents(UnsafeByteOperations.unsafeWrap(BinaryData.write(output.data())));
        }
        return message.build();
    }

    /** A parameter that is true. */
    public static InferParameter yes() {
        return InferParameter.newBuilder().setBoolParam(true).build();
    }

    private static InferenceFailure malformed(String rule) {
        return new InferenceFailure(Cause.MALFORMED, rule);
    }
}
