package dev.ringside.training.dataset;

import dev.ringside.contract.inference.DataType;
import java.util.List;

/** What kind of values a feature has, and with it the tensor that carries them raw into the model. */
public enum FeatureType {
    /** Any number; carried as FP32, shape [rows, 1]. A missing one is NaN. */
    NUMBER(DataType.FP32, 1),
    /** A whole number; carried as INT64, shape [rows, 1]. It has no value for missing but one that is declared. */
    INTEGER(DataType.INT64, 1),
    /** A text out of a vocabulary; carried as BYTES, shape [rows, 1]. A missing one is the empty text. */
    CATEGORY(DataType.BYTES, 1),
    /** Any number of numbers; carried as FP32, shape [rows, longest]. Shorter ones end in NaN. */
    NUMBERS(DataType.FP32, -1),
    /** Any number of texts; carried as BYTES, shape [rows, longest]. Shorter ones end in empty texts. */
    CATEGORIES(DataType.BYTES, -1);

    private final DataType datatype;
    private final long width;

    FeatureType(DataType datatype, long width) {
        this.datatype = datatype;
        this.width = width;
    }

    /** The tensor type. */
    public DataType datatype() {
        return datatype;
    }

    /** The tensor's shape, −1 for what varies. */
    public List<Long> shape() {
        return List.of(-1L, width);
    }

    /** Whether a row has any number of values. */
    public boolean list() {
        return width < 0;
    }
}
