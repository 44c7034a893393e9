package dev.ringside.contract.inference;

import java.util.Locale;

/**
 * Values of one type that come as texts, from a document or from a store of texts, and are put one by one where they
 * belong. Before that they are zeros, false and empty texts.
 */
public final class WrittenValues {
    private final TensorData data;

    /** @param size how many there will be */
    public WrittenValues(DataType type, int size) {
        this.data = TensorData.zeros(type, size);
    }

    /** The values. Nothing is put in afterwards. */
    public TensorData data() {
        return data;
    }

    /** Whether a text is a value of a type. */
    public static boolean isValue(DataType type, String text) {
        return new WrittenValues(type, 1).put(0, text);
    }

    /**
     * Puts a value in.
     *
     * @return whether the text is a value of the type; if it is not, nothing has changed
     */
    public boolean put(int index, String text) {
        try {
            return switch (data) {
                case TensorData.Bool(boolean[] values) -> {
                    boolean isTrue = text.equalsIgnoreCase("true") || text.equals("1");
                    boolean isFalse = text.equalsIgnoreCase("false") || text.equals("0");
                    values[index] = isTrue || (values[index] && !isFalse);
                    yield isTrue || isFalse;
                }
                case TensorData.Int64(long[] values) -> {
                    values[index] = Long.parseLong(text);
                    yield true;
                }
                case TensorData.Whole(DataType type, long[] values) -> {
                    long value = type == DataType.UINT64 ? Long.parseUnsignedLong(text) : Long.parseLong(text);
                    boolean fits = isWithin(type, value);
                    values[index] = fits ? value : values[index];
                    yield fits;
                }
                case TensorData.Fp16(float[] values) -> put(values, index, HalfPrecision.nearestFp16(fp64(text)), text);
                case TensorData.Bf16(float[] values) -> put(values, index, HalfPrecision.nearestBf16(fp64(text)), text);
                case TensorData.Fp32(float[] values) -> put(values, index, fp32(text), text);
                case TensorData.Fp64(double[] values) -> {
                    double value = fp64(text);
                    boolean fits = isMeant(Double.isInfinite(value), text);
                    values[index] = fits ? value : values[index];
                    yield fits;
                }
                case TensorData.Bytes(String[] values) -> {
                    values[index] = text;
                    yield true;
                }
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean put(float[] values, int index, float value, String text) {
        boolean fits = isMeant(Float.isInfinite(value), text);
        values[index] = fits ? value : values[index];
        return fits;
    }

    private static boolean isWithin(DataType type, long value) {
        return switch (type) {
            case INT8 -> value == (byte) value;
            case INT16 -> value == (short) value;
            case INT32 -> value == (int) value;
            case UINT8 -> value == (value & 0xFF);
            case UINT16 -> value == (value & 0xFFFF);
            case UINT32 -> value == (value & 0xFFFF_FFFFL);
            case UINT64, INT64 -> true;
            case BOOL, FP16, BF16, FP32, FP64, BYTES ->
                throw new IllegalArgumentException(type + " is no whole number");
        };
    }

    private static double fp64(String text) {
        return isDecimal(text) ? Double.parseDouble(text) : special(text);
    }

    private static float fp32(String text) {
        return isDecimal(text) ? Float.parseFloat(text) : (float) special(text);
    }

    /** Whether it has a number's characters. Java would also take blanks, hexadecimal digits and suffixes. */
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    /** As Java, Python, Redis and YAML write them. */
    private static double special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", ".nan" -> Double.NaN;
            case "inf", "infinity", ".inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity", "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException(text);
        };
    }

    /** A number that is too large for its type is no value of it. */
    private static boolean isMeant(boolean infinite, String text) {
        return !infinite || !isDecimal(text);
    }
}
