package dev.ringside.router.route;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.router.digest.RequestDigest;
import java.util.Set;

/**
 * What makes a request the same as another: who asks what, under which id. Clients that give every request the same id
 * ask something else each time, so the digest of what they ask belongs to it.
 *
 * @param slot the slot
 * @param unit the unit
 * @param requestId the client's id
 * @param digest SHA-256 of parameters, inputs and wanted outputs; without how long the client waits, which is less with
 *     each attempt
 */
record RequestKey(String slot, String unit, String requestId, String digest) {
    /** The key of a request as it came. */
    static RequestKey of(String slot, String unit, String requestId, InferenceRequest request) {
        var digest = new RequestDigest()
                .parameters(request.parameters(), Set.of(Call.TIMEOUT))
                .texts(request.outputs());
        request.inputs().forEach(digest::tensor);
        return new RequestKey(slot, unit, requestId, digest.hex());
    }

    /** How many bytes of memory it takes, about. */
    long bytes() {
        return 2L * (slot.length() + unit.length() + requestId.length() + digest.length());
    }
}
