package dev.ringside.contract.inference;

/** The tensor types that are understood, under the names of the Open Inference Protocol v2. */
public enum DataType {
    /** 32-bit IEEE floating point. */
    FP32,
    /** 64-bit signed integers. */
    INT64,
    /** Texts, UTF-8. */
    BYTES
}
