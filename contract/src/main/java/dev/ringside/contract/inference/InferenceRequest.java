package dev.ringside.contract.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v2/models/{model}[/versions/{version}]/infer}.
 *
 * @param id the client's name for the request; echoed
 * @param parameters texts, whole numbers (Long), numbers (Double) and booleans by name
 * @param inputs the tensors
 * @param outputs names of the outputs wanted; empty for all
 */
public record InferenceRequest(
        @Nullable String id, Map<String, Object> parameters, List<Tensor> inputs, List<String> outputs) {
    /** Copies the collections. */
    public InferenceRequest {
        parameters = Map.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
