package dev.ringside.contract.inference;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of a request's parameters that the protocol keeps to itself. {@value Call#PRIORITY} and {@value Call#TIMEOUT}
 * are {@link Call}'s; the others mean something that is not there, or nothing.
 */
public final class ReservedParameters {
    private static final String PREFIX = "triton_";

    /** It asks for one more, empty answer behind those of a model that gives several; there is one answer each here. */
    private static final String EMPTY_FINAL_RESPONSE = "triton_enable_empty_final_response";

    private ReservedParameters() {}

    /**
     * A request's parameters without those that mean nothing here.
     *
     * @throws InferenceFailure {@code UNSUPPORTED} for a request that is part of a sequence, {@code MALFORMED} for a value
     *     that its name cannot have, and for a name that nobody may use
     */
    public static Map<String, Object> check(Map<String, Object> parameters) {
        Map<String, Object> others = new HashMap<>(parameters);
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            Object value = parameter.getValue();
            switch (name) {
                case "sequence_id", "sequence_start", "sequence_end" -> {
                    // Clients that send no sequence send these.
                    if (!value.equals(0L) && !value.equals("") && !value.equals(false)) {
                        throw new InferenceFailure(
                                Cause.UNSUPPORTED,
                                "parameter '" + name + "' is " + Found.shortened(value.toString())
                                        + ": sequences are not supported, every request stands alone; send it without");
                    }
                    others.remove(name);
                }
                case Call.PRIORITY, Call.TIMEOUT -> requireWhole(name, value);
                case EMPTY_FINAL_RESPONSE -> others.remove(name);
                case "headers" ->
                    throw malformed(
                            name, "the protocol keeps this name to itself: send headers of HTTP or metadata of gRPC");
                default -> {
                    if (name.startsWith(PREFIX)) {
                        throw malformed(
                                name, "names that start with '" + PREFIX + "' are the protocol's own: choose another");
                    }
                }
            }
        }
        return others;
    }

    private static void requireWhole(String name, Object value) {
        if (!(value instanceof Long number) || number < 0) {
            throw malformed(
                    name,
                    "expected a whole number of 0 or more"
                            + (name.equals(Call.TIMEOUT) ? ", in microseconds" : ", 1 before 2 and 0 last") + ", found "
                            + Found.shortened(value.toString()));
        }
    }

    private static InferenceFailure malformed(String name, String rule) {
        return new InferenceFailure(Cause.MALFORMED, "parameter '" + Found.shortened(name) + "': " + rule);
    }
}
