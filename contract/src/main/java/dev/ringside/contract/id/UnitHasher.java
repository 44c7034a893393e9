package dev.ringside.contract.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hash of an installation, ready for many units: finding and keying HMAC-SHA-256 costs more than a hash does. To
 * be used by any number of threads.
 */
public final class UnitHasher {
    private static final String ALGORITHM = "HmacSHA256";

    /** Keyed, and never fed: each hash is taken of a copy. */
    private final Mac keyed;

    UnitHasher(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The hash of a unit: the first 64 bits of HMAC-SHA-256 (RFC 2104) over its UTF-8 bytes. */
    public long hash(String unit) {
        try {
            Mac mac = (Mac) keyed.clone();
            return ByteBuffer.wrap(mac.doFinal(unit.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
        }
    }
}
