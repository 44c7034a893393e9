package dev.ringside.contract.inference;

/**
 * The two floating-point types of 16 bits: FP16, IEEE 754's binary16, and BF16, the upper half of a binary32. Numbers are
 * rounded to the nearest, of two equally near ones to that whose last bit is 0; what is not finite stays what it is.
 */
public final class HalfPrecision {
    private static final int LOWER_HALF = 0xFFFF;
    private static final int BF16_FRACTION = 0x7F;
    private static final int BF16_QUIET = 0x40;

    private HalfPrecision() {}

    /** The BF16 nearest to a number, as a float; infinite from 3.3961776e38 on. */
    public static float nearestBf16(double value) {
        return ofBf16(toBf16(towardsOdd(value)));
    }

    /** The FP16 nearest to a number, as a float; infinite from ±65,520 on. */
    public static float nearestFp16(double value) {
        return Float.float16ToFloat(Float.floatToFloat16(towardsOdd(value)));
    }

    /** The bits of the BF16 nearest to a number; a NaN's payload stays as far as there is room for it. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int upper = bits >>> Short.SIZE;
        if (Float.isNaN(value)) {
            return (short) ((upper & BF16_FRACTION) == 0 ? upper | BF16_QUIET : upper);
        }
        return (short) ((bits + (LOWER_HALF >>> 1) + (upper & 1)) >>> Short.SIZE);
    }

    /** The number that a BF16's bits are. */
    public static float ofBf16(short bits) {
        return Float.intBitsToFloat(bits << Short.SIZE);
    }

    /**
     * A float from which rounding on gives what rounding the number itself would: rounded twice to the nearest, one just
     * above the middle of two would first become the middle, and then the wrong one of the two. So what no float equals
     * becomes the neighbour whose last bit is 1, which no middle's is (Boldo and Melquiond, "Emulation of FMA and
     * correctly rounded sums", 2008, theorem 1).
     */
    private static float towardsOdd(double value) {
        float nearest = (float) value;
        if (nearest == value || Double.isNaN(value) || (Float.floatToRawIntBits(nearest) & 1) == 1) {
            return nearest;
        }
        return nearest < value ? Math.nextUp(nearest) : Math.nextDown(nearest);
    }
}
