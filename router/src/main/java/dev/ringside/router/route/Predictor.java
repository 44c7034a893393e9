package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;

/** A model server, in this process or behind the network. */
public interface Predictor {
    /**
     * Lets a version answer. May block: the router waits no longer than the slot's deadline and then interrupts the
     * thread. Called by many threads at once.
     *
     * @param slot the slot
     * @param version one of its versions
     * @param request without the router's own parameters, and without inputs that the version does not read
     * @throws dev.ringside.contract.inference.InferenceFailure with {@code MALFORMED}, {@code TOO_LARGE} or
     *     {@code UNSUPPORTED} if the request itself is at fault, which no other version is asked to answer;
     *     {@code UNKNOWN_MODEL} or {@code UNAVAILABLE} while the version is not ready; {@code FAILED} or
     *     {@code DEADLINE} if it could not answer
     */
    InferenceResponse predict(String slot, String version, InferenceRequest request);
}
