package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import java.util.HashMap;
import java.util.Map;

/** What the client gets: the version's outputs under the slot's name, with the router's parameters added. */
final class ClientResponse {
    /** The parameter that says what may be wrong with a request that was answered. */
    static final String WARNING = "warning";

    private ClientResponse() {}

    static InferenceResponse of(
            SlotRouting slot, InferenceRequest request, Calls.Answer answer, Map<String, Object> own) {
        var parameters = new HashMap<>(answer.response().parameters());
        parameters.putAll(own);
        return new InferenceResponse(
                slot.name(),
                answer.version(),
                request.id(),
                parameters,
                answer.response().outputs());
    }
}
