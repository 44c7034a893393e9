package dev.ringside.contract.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an inference request.
 *
 * @param modelName the slot
 * @param modelVersion the version that answered
 * @param id the request's id
 * @param parameters texts, whole numbers (Long), numbers (Double) and booleans by name; all that is ours goes in here
 * @param outputs the tensors
 */
public record InferenceResponse(
        String modelName,
        String modelVersion,
        @Nullable String id,
        Map<String, Object> parameters,
        List<Tensor> outputs) {
    /** Copies the collections. */
    public InferenceResponse {
        parameters = Map.copyOf(parameters);
        outputs = List.copyOf(outputs);
    }
}
