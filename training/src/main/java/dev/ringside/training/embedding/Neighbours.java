package dev.ringside.training.embedding;

import dev.ringside.training.learning.LearntVectors;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which vectors point the same way: by the cosine of the angle between them. */
final class Neighbours {
    private final LearntVectors vectors;
    private final double[] lengths;

    Neighbours(LearntVectors vectors) {
        this.vectors = vectors;
        this.lengths = IntStream.range(0, vectors.texts().size())
                .mapToDouble(place -> StrictMath.sqrt(product(place, place)))
                .toArray();
    }

    /**
     * Another text.
     *
     * @param text which
     * @param cosine of the angle, −1 to 1
     */
    record Neighbour(String text, double cosine) {}

    /** The nearest of a place, the nearest first, without the place of rare texts; equal ones in the order of places. */
    List<Neighbour> of(int place, int most) {
        return IntStream.range(1, vectors.texts().size())
                .filter(other -> other != place)
                .mapToObj(other -> new Neighbour(vectors.texts().get(other), cosine(place, other)))
                .sorted(Comparator.comparingDouble(Neighbour::cosine).reversed())
                .limit(most)
                .toList();
    }

    private double cosine(int one, int other) {
        double lengths = this.lengths[one] * this.lengths[other];
        return lengths == 0 ? 0 : Math.clamp(product(one, other) / lengths, -1, 1);
    }

    private double product(int one, int other) {
        int size = vectors.dimensions();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) vectors.values()[one * size + i] * vectors.values()[other * size + i];
        }
        return sum;
    }
}
