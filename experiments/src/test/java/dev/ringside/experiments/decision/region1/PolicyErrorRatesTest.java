package dev.ringside.experiments.decision.region1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the policy errs, over simulated regions of 28 daily cohorts with 60 units an arm and day, of whom 30 in a
 * hundred book: 3 promotion looks, 27 or 28 harm looks, and about the planned information (minimum effect .0443) at the
 * end. Seed 20010401 plus the run's number. An observed rate of n runs lies within 4 √(p (1 − p) / n) of the true one but
 * for one time in 16,000.
 */
@Tag("slow")
class PolicyErrorRatesTest {
    private static final int RUNS = 2_000;
    private static final double EFFECT = 0.0443;
    private static final Design DESIGN = RegionLog.design(1, RegionLog.primary(EFFECT));

    private record Rates(double promoted, double rolledBack) {}

    private static Rates simulate(int runs, double effect) {
        int[] ends = IntStream.range(0, runs)
                .parallel()
                .map(run -> run(new SplittableRandom(20010401L + run), effect))
                .toArray();
        return new Rates(share(ends, 1), share(ends, -1));
    }

    private static double share(int[] ends, int end) {
        return IntStream.of(ends).filter(e -> e == end).count() / (double) ends.length;
    }

    private static int run(SplittableRandom random, double effect) {
        var region = new RegionLog(DESIGN);
        for (int day = 1; day <= 28; day++) {
            region.both(60, binomial(random, 0.3), binomial(random, 0.3 + effect));
            Verdict verdict = region.close().verdict();
            if (verdict.ends()) {
                return switch (verdict) {
                    case Verdict.Promote _ -> 1;
                    case Verdict.RollBack _ -> -1;
                    default -> 0;
                };
            }
        }
        throw new IllegalStateException("a region went on after its last day");
    }

    private static int binomial(SplittableRandom random, double probability) {
        int events = 0;
        for (int unit = 0; unit < 60; unit++) {
            events += random.nextDouble() < probability ? 1 : 0;
        }
        return events;
    }

    private static double tolerance(double probability, int runs) {
        return 4 * StrictMath.sqrt(probability * (1 - probability) / runs);
    }

    @Test
    void championAgainstItselfIsSeldomPromotedAndSeldomRolledBack() {
        Rates rates = simulate(RUNS, 0);
        // The last look spends what is left, so promotion is at α, not only below it.
        assertEquals(0.025, rates.promoted(), tolerance(0.025, RUNS), rates.toString());
        assertTrue(rates.rolledBack() <= 0.025 + tolerance(0.025, RUNS), rates.toString());
    }

    @Test
    void minimumEffectIsFoundWithThePowerPlanned() {
        // 0.8 less about 1 % for the looks; p(1 − p) grows with p, so information falls short of the plan by some more.
        Rates rates = simulate(500, EFFECT);
        assertEquals(0.78, rates.promoted(), tolerance(0.78, 500), rates.toString());
        assertEquals(0, rates.rolledBack(), 0.002);
    }

    @Test
    void effectTwiceAsHarmfulIsNearlyAlwaysRolledBack() {
        Rates rates = simulate(500, -2 * EFFECT);
        assertEquals(0, rates.promoted(), 0.002);
        assertTrue(rates.rolledBack() > 0.95, rates.toString());
    }
}
