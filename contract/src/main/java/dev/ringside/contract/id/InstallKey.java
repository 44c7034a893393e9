package dev.ringside.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ringside.contract.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 128-bit key of an installation, made at its first start and never changed. It keys the unit hash, so hashes of one
 * installation say nothing about units of another.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record InstallKey(long high, long low) {

    /** Parses 32 hexadecimal digits. */
    @JsonCreator
    public static InstallKey parse(String hex) {
        InvalidInput.require(
                hex.length() == 32 && hex.chars().allMatch(HexFormat::isHexDigit),
                "install_key",
                "expected 32 hexadecimal digits, found \"" + hex + "\"");
        return new InstallKey(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /** The keyed hash of a unit: the first 64 bits of HMAC-SHA-256 (RFC 2104) over its UTF-8 bytes. */
    public long unitHash(String unit) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(), "HmacSHA256"));
            return ByteBuffer.wrap(mac.doFinal(unit.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** The partition of a unit: the unsigned remainder of its hash. */
    public static int partition(long unitHash, int partitions) {
        return (int) Long.remainderUnsigned(unitHash, partitions);
    }

    /** 32 hexadecimal digits. */
    @Override
    @JsonValue
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
