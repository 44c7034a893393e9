package dev.ringside.training.dataset;

import dev.ringside.contract.inference.DataType;

/** What kind of values a feature has, and with it the tensor type that carries them raw into the model. */
public enum FeatureType {
    /** Any number; carried as FP32, standardised inside the model. */
    NUMBER(DataType.FP32),
    /** A whole number; carried as INT64, standardised inside the model. */
    INTEGER(DataType.INT64),
    /** A text out of a vocabulary; carried as BYTES, looked up inside the model. */
    CATEGORY(DataType.BYTES);

    private final DataType datatype;

    FeatureType(DataType datatype) {
        this.datatype = datatype;
    }

    /** The tensor type. */
    public DataType datatype() {
        return datatype;
    }
}
