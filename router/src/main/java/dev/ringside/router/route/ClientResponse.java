package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What the client gets: the version's outputs under the slot's name, with the router's parameters added. */
final class ClientResponse {
    /** The parameter that says what may be wrong with a request that was answered. */
    static final String WARNING = "warning";

    /** The parameter that says which features have their default, and why. */
    static final String DEFAULTED = "defaulted";

    /** The parameter that says that the answer was kept from an earlier request, where it was. */
    private static final String CACHED = "cached";

    private ClientResponse() {}

    /** Says which features have their default, where some have: {@code age_days: late, orders: absent}. */
    static void putDefaulted(Map<String, Object> parameters, @Nullable Map<String, String> defaulted) {
        if (defaulted != null) {
            var words = new StringJoiner(", ");
            defaulted.forEach((input, why) -> words.add(input + ": " + why));
            parameters.put(DEFAULTED, words.toString());
        }
    }

    static InferenceResponse of(
            SlotRouting slot, InferenceRequest request, Calls.Answer answer, Map<String, Object> own) {
        var parameters = new HashMap<>(answer.response().parameters());
        parameters.putAll(own);
        if (answer.cached()) {
            parameters.put(CACHED, true);
        }
        return new InferenceResponse(
                slot.name(),
                answer.version(),
                request.id(),
                parameters,
                answer.response().outputs());
    }
}
