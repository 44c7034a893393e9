package dev.ringside.metrics.trainingset;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.archive.TensorColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a slot's inputs, by the inputs' names. An input that has one value in every row is a column of such
 * values; one that ever has more, or none, is a column of lists.
 */
final class InputColumns {
    private final Map<String, DataType> types = new TreeMap<>();
    private final Set<String> lists = new TreeSet<>();
    private final Set<String> problems = new TreeSet<>();

    /** What a prediction was asked, as its record says; null if that was not logged. */
    static @Nullable List<Tensor> logged(byte[] value) {
        try {
            return Json.read(value, UnitEvent.class) instanceof Prediction prediction ? prediction.inputs() : null;
        } catch (InvalidInput e) {
            return null;
        }
    }

    /** The same if it is of one row; null if it is of several. */
    static @Nullable List<Tensor> ofOneRow(@Nullable List<Tensor> logged) {
        boolean one = logged != null
                && logged.stream()
                        .allMatch(i -> !i.shape().isEmpty() && i.shape().getFirst() == 1);
        return one ? logged : null;
    }

    /** Takes note of one row's inputs. */
    void see(List<Tensor> inputs) {
        for (Tensor input : inputs) {
            DataType known = types.putIfAbsent(input.name(), input.datatype());
            if (known != null && known != input.datatype()) {
                problems.add("input '" + input.name() + "' was logged as " + known + " and as " + input.datatype()
                        + " in this period: take one in which the slot's signature did not change");
            }
            if (input.data().size() != 1) {
                lists.add(input.name());
            }
        }
    }

    /**
     * What stands against making columns of them.
     *
     * @param taken the names of the other columns
     */
    List<String> problems(Set<String> taken) {
        var all = new ArrayList<>(problems);
        Map<String, String> folded = new HashMap<>();
        taken.forEach(name -> folded.put(fold(name), name));
        for (String name : types.keySet()) {
            String other = folded.putIfAbsent(fold(name), name);
            if (other != null) {
                all.add("input '" + name + "' has the name of another column, '" + other + "'");
            }
        }
        return all;
    }

    private static String fold(String name) {
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    /** Their types, as DuckDB calls them. */
    SortedMap<String, String> sql() {
        SortedMap<String, String> columns = new TreeMap<>();
        types.forEach((name, type) -> columns.put(name, TensorColumn.sql(type) + (lists.contains(name) ? "[]" : "")));
        return columns;
    }

    /** Their definitions, each after a comma. */
    String definitions() {
        var definitions = new StringBuilder();
        sql().forEach((name, type) -> definitions
                .append(", \"")
                .append(name.replace("\"", "\"\""))
                .append("\" ")
                .append(type));
        return definitions.toString();
    }

    /** Appends one row's values, nulls for what it does not have. */
    void append(DuckDBAppender rows, List<Tensor> inputs) throws SQLException {
        Map<String, Tensor> byName = new HashMap<>();
        inputs.forEach(input -> byName.put(input.name(), input));
        for (String name : types.keySet()) {
            Tensor input = byName.get(name);
            if (input == null) {
                rows.appendNull();
            } else if (lists.contains(name)) {
                rows.append(TensorColumn.values(input.data()));
            } else {
                scalar(rows, TensorColumn.value(input.data(), 0));
            }
        }
    }

    private static void scalar(DuckDBAppender rows, Object value) throws SQLException {
        switch (value) {
            case Boolean truth -> rows.append(truth.booleanValue());
            case Long number -> rows.append(number.longValue());
            case java.math.BigInteger number -> rows.append(number);
            case Float number -> rows.append(number.floatValue());
            case Double number -> rows.append(number.doubleValue());
            case String text -> rows.append(text);
            default -> throw new IllegalStateException("no column holds " + value.getClass());
        }
    }
}
