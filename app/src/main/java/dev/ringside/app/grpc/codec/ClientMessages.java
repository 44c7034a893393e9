package dev.ringside.app.grpc.codec;

import com.google.protobuf.UnsafeByteOperations;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Found;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.inference.TensorShape;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import dev.ringside.grpc.ModelInferRequest.InferRequestedOutputTensor;
import dev.ringside.grpc.ModelInferResponse;
import dev.ringside.grpc.ModelInferResponse.InferOutputTensor;
import dev.ringside.grpc.ModelMetadataResponse.TensorMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client asks and is answered, as messages. */
public final class ClientMessages {
    private ClientMessages() {}

    /**
     * The message of a request, all of whose inputs are raw.
     *
     * @param version null for none
     * @param outputs names of outputs; empty for all
     */
    public static ModelInferRequest request(
            String model, @Nullable String version, List<Tensor> inputs, List<String> outputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        if (version != null) {
            request.setModelVersion(version);
        }
        for (Tensor input : inputs) {
            request.addInputs(InferInputTensor.newBuilder()
                    .setName(input.name())
                    .setDatatype(input.datatype().name())
                    .addAllShape(input.shape()));
            request.addRawInputContents(UnsafeByteOperations.unsafeWrap(BinaryData.write(input.data())));
        }
        outputs.forEach(output ->
                request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(output)));
        return request.build();
    }

    /**
     * Reads a response's outputs, raw or typed, in its order.
     *
     * @throws InferenceFailure {@code MALFORMED} naming the output, what was expected and found
     */
    public static List<Tensor> outputs(ModelInferResponse response) {
        int raw = response.getRawOutputContentsCount();
        if (raw > 0 && raw != response.getOutputsCount()) {
            throw new InferenceFailure(
                    Cause.MALFORMED,
                    "'raw_output_contents': expected the values of each of the " + response.getOutputsCount()
                            + " outputs, found those of " + raw);
        }
        var outputs = new ArrayList<Tensor>(response.getOutputsCount());
        for (int i = 0; i < response.getOutputsCount(); i++) {
            InferOutputTensor output = response.getOutputs(i);
            String label = "output '" + Found.shortened(output.getName()) + "'";
            DataType type = DataType.read(label, output.getDatatype());
            List<Long> shape = output.getShapeList();
            long count = TensorShape.count(label, shape);
            TensorData data = raw > 0
                    ? BinaryData.read(label, response.getRawOutputContents(i).asReadOnlyByteBuffer(), type, count)
                    : new TypedContents(label, type, output.getContents()).read(shape, count);
            outputs.add(new Tensor(output.getName(), shape, data));
        }
        return outputs;
    }

    /**
     * Reads what a server says of inputs or outputs.
     *
     * @throws InferenceFailure {@code MALFORMED} if a type is none of the protocol's
     */
    public static List<TensorSpec> specs(List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(tensor -> new TensorSpec(
                        tensor.getName(), DataType.read(tensor.getName(), tensor.getDatatype()), tensor.getShapeList()))
                .toList();
    }
}
