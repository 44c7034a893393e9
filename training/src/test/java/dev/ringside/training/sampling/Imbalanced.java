package dev.ringside.training.sampling;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up rows of which few are positives, each with a number of its own. */
final class Imbalanced {
    static final FeatureSpec AMOUNT = new FeatureSpec("amount", FeatureType.NUMBER);
    static final FeatureSpec VISITS = new FeatureSpec("visits", FeatureType.INTEGER, -1L);
    static final FeatureSpec CITY = new FeatureSpec("city", FeatureType.CATEGORY);
    static final List<FeatureSpec> FEATURES = List.of(AMOUNT, VISITS, CITY);

    private Imbalanced() {}

    /** The logit of a positive rises with the amount and the city's number, and is lower by the bias. */
    static Table rows(long seed, int count, double bias) {
        var random = new Random(seed);
        float[] numbered = new float[count];
        float[] amounts = new float[count];
        long[] visits = new long[count];
        String[] cities = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            numbered[i] = i;
            amounts[i] = random.nextInt(12) == 0 ? Float.NaN : (float) random.nextGaussian();
            visits[i] = random.nextInt(12) == 0 ? -1 : random.nextInt(40);
            int city = random.nextInt(5);
            cities[i] = "city " + city;
            double logit = (Float.isNaN(amounts[i]) ? 0 : 1.5 * amounts[i]) + 0.4 * city - bias;
            targets[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "row", new Column.Numbers(numbered),
                        "amount", new Column.Numbers(amounts),
                        "visits", new Column.Integers(visits),
                        "city", Column.Categories.of(cities)));
    }

    static long positives(Table rows) {
        long positives = 0;
        for (boolean label : rows.labels()) {
            positives += label ? 1 : 0;
        }
        return positives;
    }
}
