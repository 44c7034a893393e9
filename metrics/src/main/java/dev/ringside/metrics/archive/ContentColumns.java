package dev.ringside.metrics.archive;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The columns of what predictions say of inputs and outputs, one a slot, a side and a tensor: {@code
 * input/SLOT/NAME} and {@code output/SLOT/NAME}. Each is a list of the tensor's values, row after row, of the type that the
 * slot's signature has; so all of a slot's records have one schema, whichever other slots share the file. A value of
 * another type than the column has, as a signature changed in between, stands in the record's bytes alone.
 */
final class ContentColumns {
    /** More would be no signatures, and would keep the records from being written. */
    private static final int MOST = 2_000;

    private static final int LONGEST_NAME = 400;

    /** DuckDB takes names that differ in case alone for the same. */
    private final Map<String, DataType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** The columns that some predictions need. */
    static ContentColumns of(Iterable<Prediction> predictions) {
        var columns = new ContentColumns();
        for (Prediction prediction : predictions) {
            tensors(prediction).forEach((column, tensor) -> {
                if (columns.types.size() < MOST && isName(column)) {
                    columns.types.putIfAbsent(column, tensor.datatype());
                }
            });
        }
        return columns;
    }

    private static boolean isName(String column) {
        return column.length() <= LONGEST_NAME
                && column.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff));
    }

    private static Map<String, Tensor> tensors(Prediction prediction) {
        Map<String, Tensor> tensors = new HashMap<>();
        add(tensors, "input/" + prediction.slot() + "/", prediction.inputs());
        add(tensors, "output/" + prediction.slot() + "/", prediction.outputs());
        return tensors;
    }

    private static void add(Map<String, Tensor> tensors, String prefix, @Nullable List<Tensor> side) {
        if (side != null) {
            side.forEach(tensor -> tensors.put(prefix + tensor.name(), tensor));
        }
    }

    /** Their definitions, each after a comma. */
    String definitions() {
        var definitions = new StringBuilder();
        types.forEach((column, type) -> definitions
                .append(", \"")
                .append(column.replace("\"", "\"\""))
                .append("\" ")
                .append(TensorColumn.sql(type))
                .append("[]"));
        return definitions.toString();
    }

    /** Appends a record's values, nulls where it has none. */
    void append(DuckDBAppender rows, @Nullable Prediction prediction) throws SQLException {
        Map<String, Tensor> tensors = prediction == null ? Map.of() : tensors(prediction);
        for (Map.Entry<String, DataType> column : types.entrySet()) {
            Tensor tensor = tensors.get(column.getKey());
            if (tensor == null || tensor.datatype() != column.getValue()) {
                rows.appendNull();
            } else {
                rows.append(TensorColumn.values(tensor.data()));
            }
        }
    }
}
