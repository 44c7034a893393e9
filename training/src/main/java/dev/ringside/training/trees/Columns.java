package dev.ringside.training.trees;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encoded rows as the columns that trees split: numbers, where NaN is missing; indicators, 1 for a row's place of a
 * one-hot vocabulary and 0 else; and places of a vocabulary, of which a split takes a set.
 */
final class Columns {
    /** What a column holds. */
    enum Kind {
        NUMBER,
        INDICATOR,
        PLACE
    }

    private final List<Part> parts;
    private final int[] offsets;
    private final List<Kind> kinds = new ArrayList<>();

    /** @throws IllegalStateException if a part has to be learnt by a network */
    Columns(List<Part> parts) {
        this.parts = List.copyOf(parts);
        offsets = new int[parts.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = kinds.size();
            switch (parts.get(i)) {
                case Part.Numbers(int width) -> add(Kind.NUMBER, width);
                case Part.OneHot(int size) -> add(Kind.INDICATOR, size);
                case Part.Embedded _ -> add(Kind.PLACE, 1);
                case Part.Piecewise _, Part.Periodic _, Part.Steps _, Part.EmbeddedSteps _ ->
                    throw new IllegalStateException("trees split numbers as they are and learn no embeddings of them:"
                            + " take representation raw in place of piecewise or periodic");
            }
        }
    }

    private void add(Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            kinds.add(kind);
        }
    }

    int width() {
        return kinds.size();
    }

    Kind kind(int column) {
        return kinds.get(column);
    }

    /** Rows of blocks that belong to these parts. */
    Rows rows(Encoded encoded) {
        if (encoded.parts().size() != offsets.length) {
            throw new IllegalArgumentException("expected " + offsets.length + " parts, found "
                    + encoded.parts().size());
        }
        return new Rows(encoded.blocks());
    }

    /** Reads one row after the other. */
    final class Rows {
        private final List<Block> blocks;

        private Rows(List<Block> blocks) {
            this.blocks = blocks;
        }

        /**
         * Fills all columns with a row's values.
         *
         * @param into as wide as there are columns
         */
        void fill(int row, float[] into) {
            for (int i = 0; i < offsets.length; i++) {
                switch (blocks.get(i)) {
                    case Block.Dense(int width, float[] values) ->
                        System.arraycopy(values, row * width, into, offsets[i], width);
                    case Block.Index(int[] places) -> {
                        if (parts.get(i) instanceof Part.OneHot(int size)) {
                            Arrays.fill(into, offsets[i], offsets[i] + size, 0);
                            if (places[row] >= 0) {
                                into[offsets[i] + places[row]] = 1;
                            }
                        } else {
                            into[offsets[i]] = places[row];
                        }
                    }
                }
            }
        }

        /**
         * A row's columns that have a value, without the indicators that are 0.
         *
         * @param at filled with their places, from a place on
         * @param values filled with their values
         * @return where the next row begins
         */
        int present(int row, int from, int[] at, float[] values) {
            int next = from;
            for (int i = 0; i < offsets.length; i++) {
                switch (blocks.get(i)) {
                    case Block.Dense(int width, float[] numbers) -> {
                        for (int j = 0; j < width; j++) {
                            float number = numbers[row * width + j];
                            if (!Float.isNaN(number)) {
                                at[next] = offsets[i] + j;
                                values[next++] = number;
                            }
                        }
                    }
                    case Block.Index(int[] places) -> {
                        boolean indicator = parts.get(i) instanceof Part.OneHot;
                        if (!indicator || places[row] >= 0) {
                            at[next] = indicator ? offsets[i] + places[row] : offsets[i];
                            values[next++] = indicator ? 1 : places[row];
                        }
                    }
                }
            }
            return next;
        }

        /** The most columns that a row can have a value in. */
        int most() {
            return blocks.stream()
                    .mapToInt(block -> block instanceof Block.Dense(int width, float[] _) ? width : 1)
                    .sum();
        }
    }

    /** Writes them side by side: FP32, shape [rows, width]. */
    String export(Graph graph, List<String> values) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            String value = values.get(i);
            columns.add(parts.get(i) instanceof Part.Embedded ? graph.cast("place", value, DataType.FP32) : value);
        }
        return graph.node("Concat", "columns", columns, Attributes.of("axis", 1));
    }
}
