package dev.ringside.app.http;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import org.jspecify.annotations.Nullable;

/** Refusals of inference requests, each of which says of which model it is. */
public final class Complaints {
    private Complaints() {}

    /**
     * The same failure, naming the model if it does not.
     *
     * @param version null for none
     */
    public static InferenceFailure naming(String model, @Nullable String version, InferenceFailure e) {
        return e.inWords(words(model, version, e));
    }

    /** The same for a request that breaks a rule. */
    public static InferenceFailure naming(String model, @Nullable String version, InvalidInput e) {
        return new InferenceFailure(InferenceFailure.Cause.MALFORMED, words(model, version, e), e);
    }

    private static String words(String model, @Nullable String version, Exception e) {
        String complaint = String.valueOf(e.getMessage());
        return complaint.contains("'" + model + "'")
                ? complaint
                : "model '" + model + (version == null ? "" : "' version '" + version) + "': " + complaint;
    }
}
