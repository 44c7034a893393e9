package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;

/**
 * The values that a parameter can take. Samplers see each as a <em>coordinate</em>: the number itself, or the place of a
 * choice. Before anything is known every part of the unit interval is as likely as any other of its length, so the unit
 * scale of a logarithmic interval is that of its logarithm.
 */
sealed interface Domain {
    /** The coordinate at a place of the unit scale, 0 to 1. */
    double fromUnit(double unit);

    /** The value of a coordinate, as it stands in the document. */
    JsonNode value(double coordinate);

    /**
     * The coordinate of a value.
     *
     * @throws InvalidInput if it is not one of these
     */
    double coordinate(JsonNode value);

    /** The coordinates of a grid, in order; none for an interval without steps or a number of points. */
    double[] grid();

    /**
     * Numbers between two bounds, both of them among the values.
     *
     * @param low the least
     * @param high the greatest; a whole number of steps above the least where there are steps
     * @param log whether the logarithm is searched evenly
     * @param step the distance of two neighbours; 0 for all numbers. Not with {@code log}, but for whole numbers
     * @param integer whether the values are whole numbers
     * @param points how many values a grid takes, evenly on the unit scale; 0 for each step
     */
    record Interval(double low, double high, boolean log, double step, boolean integer, int points) implements Domain {
        public Interval {
            if (step > 0 && !log) {
                high = stepped(low, step, Math.floor((high - low) / step + 1e-9));
            }
        }

        /** How many values there are; 0 for all numbers and for whole numbers on a logarithmic scale. */
        int cells() {
            return step > 0 && !log ? (int) Math.min(Integer.MAX_VALUE, Math.rint((high - low) / step) + 1) : 0;
        }

        /** The place on the unit scale, of the middle of its cell where there are steps. */
        double toUnit(double coordinate) {
            if (cells() > 0) {
                return (Math.rint((coordinate - low) / step) + 0.5) / cells();
            }
            double least = scaled(low - margin());
            double range = scaled(high + margin()) - least;
            return range == 0 ? 0.5 : (scaled(coordinate) - least) / range;
        }

        @Override
        public double fromUnit(double unit) {
            if (cells() > 0) {
                return stepped(low, step, Math.clamp(Math.floor(unit * cells()), 0, cells() - 1));
            }
            double least = scaled(low - margin());
            double scaled = least + unit * (scaled(high + margin()) - least);
            double number = log ? StrictMath.exp(scaled) : scaled;
            return Math.clamp(integer ? Math.rint(number) : number, low, high);
        }

        /** Whole numbers are cells of width 1, also on a logarithmic scale. */
        private double margin() {
            return integer && log ? 0.5 : 0;
        }

        private double scaled(double number) {
            return log ? StrictMath.log(number) : number;
        }

        /** In decimals, so that three steps of .1 are .3. */
        private static double stepped(double low, double step, double steps) {
            return BigDecimal.valueOf(low)
                    .add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(steps)))
                    .doubleValue();
        }

        /** So that a tenth is a tenth also where a logarithm lies between. */
        private static double rounded(double number) {
            return BigDecimal.valueOf(number).round(new MathContext(12)).doubleValue();
        }

        @Override
        public JsonNode value(double coordinate) {
            return integer ? LongNode.valueOf(Math.round(coordinate)) : DoubleNode.valueOf(coordinate);
        }

        @Override
        public double coordinate(JsonNode value) {
            if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
                throw new InvalidInput("", "expected a number from " + low + " to " + high + ", found " + value);
            }
            return value.doubleValue();
        }

        @Override
        public double[] grid() {
            double[] grid = new double[points > 0 ? points : cells()];
            double least = toUnit(low);
            double range = toUnit(high) - least;
            Arrays.setAll(
                    grid,
                    i -> points > 0 ? rounded(fromUnit(least + range * i / (points - 1))) : stepped(low, step, i));
            return Arrays.stream(grid).distinct().toArray();
        }
    }

    /**
     * Values without an order, of any kind: texts, lists, whole mappings.
     *
     * @param values as they stand in the document
     */
    record Choices(List<JsonNode> values) implements Domain {
        public Choices {
            values = List.copyOf(values);
        }

        @Override
        public double fromUnit(double unit) {
            return Math.clamp((long) Math.floor(unit * values.size()), 0, values.size() - 1);
        }

        @Override
        public JsonNode value(double coordinate) {
            return values.get((int) coordinate);
        }

        @Override
        public double coordinate(JsonNode value) {
            for (int i = 0; i < values.size(); i++) {
                if (Json.write(values.get(i)).equals(Json.write(value))) {
                    return i;
                }
            }
            throw new InvalidInput("", "expected one of " + values + ", found " + value);
        }

        @Override
        public double[] grid() {
            double[] grid = new double[values.size()];
            Arrays.setAll(grid, i -> i);
            return grid;
        }
    }
}
