package dev.ringside.contract.inference;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The tensor types that are understood, under the names of the Open Inference Protocol v2. */
public enum DataType {
    /** Truth values; in JSON true and false, or 1 and 0. */
    BOOL,
    /** 8-bit signed integers. */
    INT8,
    /** 16-bit signed integers. */
    INT16,
    /** 32-bit signed integers. */
    INT32,
    /** 64-bit signed integers. */
    INT64,
    /** 8-bit unsigned integers. */
    UINT8,
    /** 16-bit unsigned integers. */
    UINT16,
    /** 32-bit unsigned integers. */
    UINT32,
    /** 64-bit unsigned integers. */
    UINT64,
    /** 16-bit IEEE floating point; a number between two of them is rounded to the nearest. */
    FP16,
    /** 16-bit floating point with the range of FP32, rounded alike. */
    BF16,
    /** 32-bit IEEE floating point. */
    FP32,
    /** 64-bit IEEE floating point. */
    FP64,
    /** Texts, UTF-8. */
    BYTES;

    /**
     * The type of that name.
     *
     * @param label what complaints call the tensor
     * @throws InferenceFailure {@code MALFORMED} if there is none
     */
    public static DataType read(String label, String name) {
        try {
            return valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.MALFORMED,
                    label + ": datatype \"" + Found.shortened(name) + "\" is none of the protocol's, expected "
                            + names(),
                    e);
        }
    }

    /** All names, for complaints: {@code BOOL, INT8, … or BYTES}. */
    public static String names() {
        return Arrays.stream(values())
                        .limit(values().length - 1L)
                        .map(DataType::name)
                        .collect(Collectors.joining(", "))
                + " or " + values()[values().length - 1];
    }
}
