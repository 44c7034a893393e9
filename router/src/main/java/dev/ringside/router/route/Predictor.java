package dev.ringside.router.route;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceResponse;

/** A model server, in this process or behind the network. */
public interface Predictor {
    /**
     * Lets a version answer. May block until the call's deadline, and no longer. Called by many threads at once.
     *
     * @param slot the slot
     * @param version one of its versions
     * @param call its request is without the router's own parameters, and without inputs that the version does not read
     * @throws dev.ringside.contract.inference.InferenceFailure with {@code MALFORMED}, {@code TOO_LARGE} or
     *     {@code UNSUPPORTED} if the request itself is at fault, which no other version is asked to answer;
     *     {@code UNKNOWN_MODEL} or {@code UNAVAILABLE} while the version is not ready; {@code FAILED} if
     *     it could not answer, {@code DEADLINE} if it could not in time
     */
    InferenceResponse predict(String slot, String version, Call call);
}
