package dev.ringside.app.grpc.codec;

import com.google.protobuf.ByteString;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Found;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceLimits;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.inference.TensorShape;
import dev.ringside.grpc.ModelInferRequest;
import dev.ringside.grpc.ModelInferRequest.InferInputTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's inputs, whose values are raw or stand in the fields of their types, alike for all of them. */
final class InputTensors {
    private final ModelInferRequest request;
    private final InferenceLimits limits;

    InputTensors(ModelInferRequest request, InferenceLimits limits) {
        this.request = request;
        this.limits = limits;
    }

    List<Tensor> read() {
        int inputs = request.getInputsCount();
        if (inputs > limits.tensors()) {
            throw limits.tooManyTensors("'inputs'");
        }
        int raw = request.getRawInputContentsCount();
        if (raw > 0 && raw != inputs) {
            throw malformed(
                    "'raw_input_contents'",
                    "expected the values of each of the " + inputs + " inputs, found those of " + raw);
        }
        var tensors = new ArrayList<Tensor>(inputs);
        var names = new HashSet<String>();
        long elements = 0;
        for (int i = 0; i < inputs; i++) {
            InferInputTensor input = request.getInputs(i);
            String label = label(input, i);
            Tensor tensor = read(label, input, raw > 0 ? request.getRawInputContents(i) : null, elements);
            elements += tensor.data().size();
            if (!names.add(tensor.name())) {
                throw malformed(label, "expected once, found twice");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static String label(InferInputTensor input, int i) {
        return input.getName().isEmpty() ? "inputs[" + i + "]" : "input '" + Found.shortened(input.getName()) + "'";
    }

    /** @param before how many values the inputs before it have */
    private Tensor read(String label, InferInputTensor input, @Nullable ByteString raw, long before) {
        if (input.getName().isEmpty()) {
            throw malformed(label, "'name' is missing");
        }
        if (input.getDatatype().isEmpty()) {
            throw malformed(label, "'datatype' is missing, expected " + DataType.names());
        }
        if (input.containsParameters("shared_memory_region")) {
            throw new InferenceFailure(
                    Cause.UNSUPPORTED,
                    label + ": shared memory is not supported, send the values in 'raw_input_contents'");
        }
        DataType type = DataType.read(label, input.getDatatype());
        List<Long> shape = shape(label, input);
        long count = TensorShape.count(label, shape);
        TensorShape.requireWithin(limits, before, label, shape);
        return new Tensor(input.getName(), shape, values(label, input, raw, type, shape, count));
    }

    private static TensorData values(
            String label,
            InferInputTensor input,
            @Nullable ByteString raw,
            DataType type,
            List<Long> shape,
            long count) {
        if (raw == null) {
            return new TypedContents(label, type, input.getContents()).read(shape, count);
        }
        if (TypedContents.count(input.getContents()) > 0) {
            throw malformed(label, "has 'contents' and 'raw_input_contents', expected one of them");
        }
        return BinaryData.read(label, raw.asReadOnlyByteBuffer(), type, count);
    }

    private List<Long> shape(String label, InferInputTensor input) {
        if (input.getShapeCount() > limits.dimensions()) {
            throw limits.tooManyDimensions(label + ": 'shape'");
        }
        for (long n : input.getShapeList()) {
            if (n < 0) {
                throw malformed(label, "'shape': expected whole numbers of 0 or more, found " + n);
            }
        }
        return input.getShapeList();
    }

    private static InferenceFailure malformed(String label, String rule) {
        return new InferenceFailure(Cause.MALFORMED, label + ": " + rule);
    }
}
