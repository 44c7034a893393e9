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
    /** Copies the list. */
    public ServerMetadata {
        extensions = List.copyOf(extensions);
    }

    /** This server's: tensors may be binary, and requests and responses carry {@code parameters}. */
    public static ServerMetadata ringside(String version) {
        return new ServerMetadata("ringside", version, List.of("binary_tensor_data", "parameters"));
    }
}
