package dev.ringside.metrics.attribution;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Packs values into bytes without names or gaps; {@link PackedReader} reads them in the same order. */
final class PackedWriter {
    private byte[] bytes = new byte[128];
    private int length;

    PackedWriter put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    PackedWriter flag(boolean value) {
        return put(value ? 1 : 0);
    }

    /** Eight bytes. */
    PackedWriter fixed(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Eight bytes whose unsigned order is the numbers' order. */
    PackedWriter sortable(long value) {
        return fixed(value ^ Long.MIN_VALUE);
    }

    /** One to ten bytes, few for small numbers of either sign. */
    PackedWriter number(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    PackedWriter text(String value) {
        return block(value.getBytes(StandardCharsets.UTF_8));
    }

    PackedWriter big(BigInteger value) {
        return value.signum() == 0 ? number(0) : block(value.toByteArray());
    }

    private PackedWriter block(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
