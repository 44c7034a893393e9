package dev.ringside.app.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What becomes of bytes that arrive wrong. */
final class Bytes {
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_PIECE = 64;

    private final SplittableRandom random;

    Bytes(SplittableRandom random) {
        this.random = random;
    }

    /** One to three changes. */
    byte[] changed(byte[] right) {
        byte[] wrong = right;
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            wrong = once(wrong);
        }
        return wrong;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(LONGEST_PIECE));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> flipped(bytes, at);
            case 2 -> spliced(bytes, at, at + length, new byte[0]);
            case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> filled(bytes, at, length, (byte) (random.nextBoolean() ? 0xFF : 0));
            default -> spliced(bytes, at, at, noise(length));
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] wrong = bytes.clone();
        wrong[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return wrong;
    }

    private static byte[] filled(byte[] bytes, int at, int length, byte value) {
        byte[] wrong = bytes.clone();
        Arrays.fill(wrong, at, at + length, value);
        return wrong;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** With other bytes in the place of those from one place to another. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] others) {
        byte[] wrong = new byte[bytes.length - (to - from) + others.length];
        System.arraycopy(bytes, 0, wrong, 0, from);
        System.arraycopy(others, 0, wrong, from, others.length);
        System.arraycopy(bytes, to, wrong, from + others.length, bytes.length - to);
        return wrong;
    }
}
