package dev.ringside.metrics.archive;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.TensorData;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Tensor values as DuckDB's columns hold them. */
public final class TensorColumn {
    private TensorColumn() {}

    /** The column type of one value. */
    public static String sql(DataType type) {
        return switch (type) {
            case BOOL -> "BOOLEAN";
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> "BIGINT";
            case UINT64 -> "HUGEINT";
            case FP16, BF16, FP32 -> "FLOAT";
            case FP64 -> "DOUBLE";
            case BYTES -> "VARCHAR";
        };
    }

    /** All values, row after row. */
    public static List<Object> values(TensorData data) {
        List<Object> values = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            values.add(value(data, i));
        }
        return values;
    }

    /** One value. */
    public static Object value(TensorData data, int i) {
        return switch (data) {
            case TensorData.Bool(boolean[] values) -> values[i];
            case TensorData.Int64(long[] values) -> values[i];
            case TensorData.Whole whole ->
                whole.datatype() == DataType.UINT64 ? new BigInteger(whole.text(i)) : (Object) whole.values()[i];
            case TensorData.Floats floats -> floats.values()[i];
            case TensorData.Fp64(double[] values) -> values[i];
            case TensorData.Bytes(String[] values) -> values[i];
        };
    }
}
