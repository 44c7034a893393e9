package dev.ringside.training.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Encoded rows.
 *
 * @param rows how many
 * @param parts what each feature became
 * @param blocks the values of each part
 */
public record Encoded(int rows, List<Part> parts, List<Block> blocks) {
    /** Checks that they fit together. */
    public Encoded {
        parts = List.copyOf(parts);
        blocks = List.copyOf(blocks);
        if (parts.size() != blocks.size()) {
            throw new IllegalArgumentException(parts.size() + " parts with " + blocks.size() + " blocks");
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean places = parts.get(i) instanceof Part.OneHot || parts.get(i) instanceof Part.Embedded;
            if (blocks.get(i).rows() != rows || places != blocks.get(i) instanceof Block.Index) {
                throw new IllegalArgumentException("part " + i + ", " + parts.get(i) + ", has "
                        + blocks.get(i).rows() + " rows of "
                        + blocks.get(i).getClass().getSimpleName() + ", expected " + rows);
            }
        }
    }

    /** Some rows, in that order. */
    public Encoded select(int[] places) {
        return new Encoded(
                places.length,
                parts,
                blocks.stream().map(block -> block.select(places)).toList());
    }

    /** These rows, then others that were encoded alike. */
    public Encoded followedBy(Encoded others) {
        if (!parts.equals(others.parts)) {
            throw new IllegalArgumentException("rows of " + others.parts + " cannot follow rows of " + parts);
        }
        List<Block> joined = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            joined.add(blocks.get(i).followedBy(others.blocks.get(i)));
        }
        return new Encoded(rows + others.rows, parts, joined);
    }
}
