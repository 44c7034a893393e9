package dev.ringside.benchmarks.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.plan.Known;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Drawn values have the means and variances that plans and truths are computed from. Seed 3, 400,000 units each. */
class ValuesTest {
    private static final int UNITS = 400_000;

    @Test
    void drawnUnitsHaveTheMeanThatIsSaidAndTheShiftThatIsAskedFor() {
        for (Values values : List.of(
                new Proportion(0.005),
                new Proportion(0.3),
                new Proportion(0.98),
                new Normal(10, 3, 1.25),
                new Lognormal(1, 1.5),
                new Lognormal(1, 1.5, 32.76),
                Lognormal.ofMean(3, 0.5),
                new Buyers(0.05, new Lognormal(10, 1)))) {
            double shift = values instanceof Proportion p && p.rate() > 0.9 ? -0.01 : 0.1 * values.mean();
            for (double by : new double[] {0, shift}) {
                Known drawn = drawn(values, by);
                double error = StrictMath.sqrt(drawn.variance() / UNITS);
                assertEquals(values.mean() + by, drawn.mean(), 4 * error, values + " shifted by " + by);
            }
        }
    }

    @Test
    void drawnUnitsHaveTheVarianceThatPlansAreMadeWith() {
        // Of light tails: the variance of a variance is then near 2 σ⁴ / n, and 2 % are ten standard errors.
        for (Values values :
                List.of(new Proportion(0.2), new Normal(10, 3, 1), new Lognormal(2, 0.3), new Lognormal(1, 1.5, 3))) {
            assertEquals(values.variance(), drawn(values, 0).variance(), 0.02 * values.variance(), values.toString());
        }
    }

    private static Known drawn(Values values, double shift) {
        Moments moments = values.draw(new SplittableRandom(3), UNITS, 0, shift).moments();
        assertEquals(UNITS, moments.units());
        Known known = Known.of(moments);
        assertTrue(known != null);
        return known;
    }

    @Test
    void binomialCountsHaveTheirMeanAndVarianceHoweverTheyAreDrawn() {
        var random = new SplittableRandom(5);
        for (double p : new double[] {0, 0.001, 0.1, 0.149, 0.151, 0.5, 0.9, 0.999, 1}) {
            int draws = 20_000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < draws; i++) {
                long events = Binomial.draw(random, 200, p);
                sum += events;
                squares += (double) events * events;
            }
            double mean = sum / draws;
            double variance = 200 * p * (1 - p);
            assertEquals(200 * p, mean, 4 * StrictMath.sqrt(variance / draws), "p = " + p);
            // A sample variance has the standard error σ² √(2 / n + excess kurtosis / n), below .0142 σ² and more where
            // rare.
            assertEquals(variance, squares / draws - mean * mean, 0.09 * variance, "p = " + p);
        }
    }

    @Test
    void anEffectThatCannotBeIsRefused() {
        var random = new SplittableRandom(1);
        assertThrows(IllegalArgumentException.class, () -> new Proportion(0.99).draw(random, 10, 0, 0.02));
        assertThrows(IllegalArgumentException.class, () -> new Lognormal(1, 1, 2).draw(random, 10, 0, 5));
    }
}
