package dev.ringside.training.features;

import java.util.Arrays;

/** The encoded values of one part, as compact as they can be held. The arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent") // as many values as the data has rows; never compared
public sealed interface Block {
    /** How many rows. */
    int rows();

    /** Some rows, in that order. */
    Block select(int[] rows);

    /** These rows, then another block's of the same kind and width. */
    Block followedBy(Block others);

    /**
     * Numbers.
     *
     * @param width how many a row
     * @param values row after row
     */
    record Dense(int width, float[] values) implements Block {
        @Override
        public int rows() {
            return values.length / width;
        }

        @Override
        public Dense select(int[] rows) {
            float[] selected = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, selected, i * width, width);
            }
            return new Dense(width, selected);
        }

        @Override
        public Dense followedBy(Block others) {
            if (!(others instanceof Dense(int other, float[] numbers)) || other != width) {
                throw new IllegalArgumentException("expected " + width + " numbers a row, found " + others);
            }
            float[] joined = Arrays.copyOf(values, values.length + numbers.length);
            System.arraycopy(numbers, 0, joined, values.length, numbers.length);
            return new Dense(width, joined);
        }
    }

    /**
     * Places in a vocabulary, −1 for none.
     *
     * @param values one a row
     */
    record Index(int[] values) implements Block {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public Index select(int[] rows) {
            int[] selected = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Index(selected);
        }

        @Override
        public Index followedBy(Block others) {
            if (!(others instanceof Index(int[] places))) {
                throw new IllegalArgumentException("expected places, found " + others);
            }
            int[] joined = Arrays.copyOf(values, values.length + places.length);
            System.arraycopy(places, 0, joined, values.length, places.length);
            return new Index(joined);
        }
    }
}
