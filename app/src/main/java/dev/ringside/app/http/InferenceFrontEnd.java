package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import org.jspecify.annotations.Nullable;

/** Who answers the Open Inference Protocol in this process: the router where there is one, else the model server. */
public interface InferenceFrontEnd {
    /** Whether requests can be answered. */
    boolean ready();

    /**
     * A model's metadata.
     *
     * @param version null for the model itself
     * @throws dev.ringside.contract.inference.InferenceFailure if there is no such model or version
     */
    ModelMetadata metadata(String model, @Nullable String version);

    /**
     * Whether a model, or a version of it, can answer.
     *
     * @throws dev.ringside.contract.inference.InferenceFailure if there is no such model or version
     */
    boolean ready(String model, @Nullable String version);

    /**
     * Lets a request in, before it is read. A model that is not there refuses its requests itself.
     *
     * @param caller the name of the API key that it came with; null for none
     * @throws dev.ringside.contract.inference.InferenceFailure {@code LIMITED} if the model takes no more for now
     */
    default void admit(String model, @Nullable String caller) {}

    /**
     * Answers a request.
     *
     * @param version null for the model itself: then a router routes
     * @throws dev.ringside.contract.inference.InferenceFailure if it cannot
     */
    InferenceResponse infer(String model, @Nullable String version, InferenceRequest request);

    /**
     * Whether a request that has begun may be left when nobody waits for it any more. What a router answers a unit counts
     * for its arm, and arms would no longer be comparable if the slower one lost more of them.
     *
     * @param version null for the model itself
     */
    default boolean mayBeLeft(@Nullable String version) {
        return true;
    }
}
