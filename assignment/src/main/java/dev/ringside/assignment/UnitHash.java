package dev.ringside.assignment;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A salted hash of units: XXH3 (64 bits) with a fixed seed over {@code length(salt) as int32 · salt · [epoch as int32 ·]
 * unit}, integers big-endian, texts UTF-8. The length makes the encoding unambiguous: salt {@code a} with unit
 * {@code bc} is not salt {@code ab} with unit {@code c}. Any implementation of XXH3 gives the same values.
 *
 * <p>The three kinds of hash differ in their seed, so that being covered says nothing about the arm, and the arm nothing
 * about being held back, even under equal salts. None of them has anything to do with the keyed hash that chooses a unit's partition.
 *
 * <p>Nothing here may ever change: a unit would change its arm.
 */
final class UnitHash {
    private static final Hasher64 COVERAGE = Hashing.xxh3_64(0x636f_7665_7261_6765L);
    private static final Hasher64 VARIANT = Hashing.xxh3_64(0x0076_6172_6961_6e74L);

    private static final Hasher64 HOLDBACK = Hashing.xxh3_64(0x686f_6c64_6261_636bL);

    private final Hasher64 hasher;
    private final byte[] prefix;

    private UnitHash(Hasher64 hasher, String salt, @Nullable Integer epoch) {
        byte[] text = salt.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + text.length + (epoch == null ? 0 : Integer.BYTES))
                .putInt(text.length)
                .put(text);
        if (epoch != null) {
            buffer.putInt(epoch);
        }
        this.hasher = hasher;
        this.prefix = buffer.array();
    }

    /** Decides whether an experiment covers a unit. */
    static UnitHash coverage(String layerSalt) {
        return new UnitHash(COVERAGE, layerSalt, null);
    }

    /** Decides which arm a covered unit is in. */
    static UnitHash variant(String experimentSalt, int epoch) {
        return new UnitHash(VARIANT, experimentSalt, epoch);
    }

    /** Decides which of the units that were control keep the old champion after a promotion. */
    static UnitHash holdback(String experimentSalt, int epoch) {
        return new UnitHash(HOLDBACK, experimentSalt, epoch);
    }

    /** The 64 bits of a unit, to be read as an unsigned number. */
    long of(String unit) {
        byte[] text = unit.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[prefix.length + text.length];
        System.arraycopy(prefix, 0, bytes, 0, prefix.length);
        System.arraycopy(text, 0, bytes, prefix.length, text.length);
        return hasher.hashBytesToLong(bytes);
    }

    /**
     * A hash scaled to {@code 0 … size − 1}: ⌊hash · size / 2⁶⁴⌋, exactly. Each value has a share of 1/size to within
     * 2⁻⁶⁴, and for a fixed size greater hashes never have smaller values.
     */
    static long scale(long hash, long size) {
        return Math.unsignedMultiplyHigh(hash, size);
    }
}
