package dev.ringside.contract.model;

import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHA-256 digests, as 64 lower-case hexadecimal digits. */
public final class Digests {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private Digests() {}

    /** The digest of some bytes. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** The digest of a file. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[65_536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the digest if it is one.
     *
     * @throws InvalidInput if it is not 64 lower-case hexadecimal digits
     */
    public static String check(String field, @Nullable String digest) {
        if (digest == null) {
            throw new InvalidInput(field, "missing: expected a SHA-256 as 64 lower-case hexadecimal digits");
        }
        InvalidInput.require(
                DIGEST.matcher(digest).matches(),
                field,
                "expected a SHA-256 as 64 lower-case hexadecimal digits, found \"" + digest + "\"");
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
