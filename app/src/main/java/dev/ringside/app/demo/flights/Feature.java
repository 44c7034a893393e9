package dev.ringside.app.demo.flights;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.TensorSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** One input of the slot for all flights. */
sealed interface Feature {
    /** Makes room for as many values. */
    static Feature of(TensorSpec spec, int size) {
        return switch (spec.datatype()) {
            case FP32 -> new Numbers(spec.name(), new float[size]);
            case INT64 -> new Whole(spec.name(), new long[size]);
            case BYTES -> new Texts(spec.name(), new String[size]);
            case BOOL, INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP64 ->
                throw new IllegalArgumentException(
                        "input '" + spec.name() + "' is " + spec.datatype() + ", which no column of the flights has");
        };
    }

    /** Takes a flight's value from the column of the feature's name. */
    void take(ResultSet rows, int flight) throws SQLException;

    /** The values of some flights, one a line. */
    Tensor tensor(int from, int to);

    /** The name of the input. */
    String name();

    /** A flight's value, as it is written where values are texts. */
    String text(int flight);

    /** FP32. */
    @SuppressWarnings("ArrayRecordComponent") // one value a flight, never compared
    record Numbers(String name, float[] values) implements Feature {
        @Override
        public void take(ResultSet rows, int flight) throws SQLException {
            values[flight] = rows.getFloat(name);
        }

        @Override
        public String text(int flight) {
            return Float.toString(values[flight]);
        }

        @Override
        public Tensor tensor(int from, int to) {
            return Tensor.column(name, Arrays.copyOfRange(values, from, to));
        }
    }

    /** INT64. */
    @SuppressWarnings("ArrayRecordComponent") // one value a flight, never compared
    record Whole(String name, long[] values) implements Feature {
        @Override
        public void take(ResultSet rows, int flight) throws SQLException {
            values[flight] = rows.getLong(name);
        }

        @Override
        public String text(int flight) {
            return Long.toString(values[flight]);
        }

        @Override
        public Tensor tensor(int from, int to) {
            return Tensor.column(name, Arrays.copyOfRange(values, from, to));
        }
    }

    /** BYTES. */
    @SuppressWarnings("ArrayRecordComponent") // one value a flight, never compared
    record Texts(String name, String[] values) implements Feature {
        @Override
        public void take(ResultSet rows, int flight) throws SQLException {
            // A few hundred airports, many flights: one text each.
            values[flight] = rows.getString(name).intern();
        }

        @Override
        public String text(int flight) {
            return values[flight];
        }

        @Override
        public Tensor tensor(int from, int to) {
            return Tensor.column(name, Arrays.copyOfRange(values, from, to));
        }
    }
}
