package dev.ringside.metrics.attribution;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads what {@link PackedWriter} packed, in the same order. */
final class PackedReader {
    private final byte[] bytes;
    private int at;

    PackedReader(byte[] bytes) {
        this(bytes, 0);
    }

    PackedReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /** Whether anything follows. */
    boolean hasMore() {
        return at < bytes.length;
    }

    int get() {
        return bytes[at++] & 0xff;
    }

    boolean flag() {
        return get() != 0;
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | get();
        }
        return value;
    }

    long sortable() {
        return fixed() ^ Long.MIN_VALUE;
    }

    long number() {
        long rest = 0;
        for (int shift = 0; ; shift += 7) {
            int next = get();
            rest |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
    }

    int count() {
        return Math.toIntExact(number());
    }

    String text() {
        int length = count();
        String value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    BigInteger big() {
        int length = count();
        if (length == 0) {
            return BigInteger.ZERO;
        }
        var value = new BigInteger(bytes, at, length);
        at += length;
        return value;
    }
}
