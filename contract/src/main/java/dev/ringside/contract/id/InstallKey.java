package dev.ringside.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ringside.contract.InvalidInput;
import java.nio.ByteBuffer;
import java.util.HexFormat;

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

    /** The keyed hash of a unit; of many, see {@link #hasher}. */
    public long unitHash(String unit) {
        return hasher().hash(unit);
    }

    /** The keyed hash of units. */
    public UnitHasher hasher() {
        return new UnitHasher(bytes());
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
