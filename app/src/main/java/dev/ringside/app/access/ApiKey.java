package dev.ringside.app.access;

import dev.ringside.contract.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * An API key as it is kept: never itself, only its SHA-256. A key is 32 random bytes, so nothing slower is needed.
 *
 * @param name who has it, for the audit
 * @param role what they may do
 * @param sha256 64 hexadecimal digits
 */
public record ApiKey(String name, AccessRole role, String sha256) {
    private static final String PREFIX = "rsk_";
    private static final int BYTES = 32;
    private static final int PARTS = 3;

    /** Checks the name and the digest. */
    public ApiKey {
        InvalidInput.require(
                name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}"),
                "name",
                "expected letters, digits, '.', '_', '@' and '-', at most 100, found \"" + name + "\"");
        InvalidInput.require(
                sha256.matches("[0-9a-f]{64}"), "sha256", "expected 64 hexadecimal digits, found \"" + sha256 + "\"");
    }

    /**
     * Reads {@code name:role:sha256}.
     *
     * @throws InvalidInput if it is something else
     */
    public static ApiKey parse(String entry) {
        String[] parts = entry.strip().split(":", -1);
        InvalidInput.require(
                parts.length == PARTS, "", "expected name:role:sha256, found " + parts.length + " part(s)");
        AccessRole role = AccessRole.of(parts[1])
                .orElseThrow(() -> new InvalidInput(
                        "role",
                        "expected one of "
                                + Arrays.stream(AccessRole.values())
                                        .map(AccessRole::label)
                                        .toList()
                                + ", found \"" + parts[1] + "\""));
        return new ApiKey(parts[0], role, parts[2]);
    }

    /**
     * Reads the lines of a file: an entry each; empty ones and those that begin with # are passed over.
     *
     * @throws InvalidInput naming the line that is wrong
     */
    static List<ApiKey> parseLines(List<String> lines) {
        var keys = new java.util.ArrayList<ApiKey>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    keys.add(parse(line));
                } catch (InvalidInput e) {
                    throw e.within("line " + (i + 1));
                }
            }
        }
        return keys;
    }

    /** A new key, which is nowhere else. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of a key. */
    public static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@link #parse} reads it. */
    public String entry() {
        return name + ":" + role.label() + ":" + sha256;
    }
}
