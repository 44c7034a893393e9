package dev.ringside.contract.inference;

import java.util.List;

/**
 * The body of {@code GET /v2}.
 *
 * @param name the server's name
 * @param version the server's version
 * @param extensions names of the protocol's extensions that it speaks
 */
public record ServerMetadata(String name, String version, List<String> extensions) {
    private static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "classification",
            "model_repository",
            "model_repository(unload_dependents)",
            "model_configuration",
            "schedule_policy",
            "parameters",
            "statistics");

    /** Copies the list. */
    public ServerMetadata {
        extensions = List.copyOf(extensions);
    }

    /** This server's. */
    public static ServerMetadata ringside(String version) {
        return new ServerMetadata("ringside", version, EXTENSIONS);
    }
}
