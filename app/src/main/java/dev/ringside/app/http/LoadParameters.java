package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.Collection;

/** What may be said of a model that is to be loaded. */
public final class LoadParameters {
    private LoadParameters() {}

    /**
     * Checks the names of the parameters.
     *
     * @throws InferenceFailure {@code UNSUPPORTED} for files and configurations
     */
    public static void check(String model, Collection<String> names) {
        for (String name : names) {
            if (name.equals("config") || name.startsWith("file:")) {
                throw new InferenceFailure(
                        Cause.UNSUPPORTED,
                        "failed to load '" + model + "', parameter '" + name
                                + "' is not there: put the files into the model folder");
            }
        }
    }
}
