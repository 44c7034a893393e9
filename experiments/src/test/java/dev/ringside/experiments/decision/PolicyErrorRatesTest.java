package dev.ringside.experiments.decision;

import static dev.ringside.experiments.decision.RegionLog.CHALLENGER;
import static dev.ringside.experiments.decision.RegionLog.CHAMPION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.contract.moments.Moments;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the policy errs, over simulated regions at the edges where the first one erred more often than it said. Seed
 * 20010401 plus the run's number. An observed rate of n runs lies within 4 √(p (1 − p) / n) of the true one but for one time
 * in 16,000; where something is to be found always, every run must find it. {@code ./ringside bench statistics} plays more
 * of it, and more often.
 */
@Tag("slow")
class PolicyErrorRatesTest {
    private static final int RUNS = 300;
    private static final double ALPHA = 0.025;

    private record Rates(double promoted, double rolledBack, double atOnce) {
        void keepsTheLevel(int runs) {
            assertTrue(promoted <= ALPHA + tolerance(ALPHA, runs), "promoted " + promoted);
            assertTrue(rolledBack <= ALPHA + tolerance(ALPHA, runs), "rolled back " + rolledBack);
        }
    }

    /** What one day brings to a region. */
    private interface Day {
        void come(RegionLog region, int day, SplittableRandom random);
    }

    private static Rates simulate(int runs, Design design, int days, Day day) {
        int[] ends = IntStream.range(0, runs)
                .parallel()
                .map(run -> run(design, days, day, new SplittableRandom(20010401L + run)))
                .toArray();
        return new Rates(
                share(ends, end -> end == 1000 ? 1 : 0),
                share(ends, end -> end > 0 && end < 1000 ? 1 : 0),
                share(ends, end -> end == 1 ? 1 : 0));
    }

    private static double share(int[] ends, ToDoubleFunction<Integer> counted) {
        return IntStream.of(ends).boxed().mapToDouble(counted).sum() / ends.length;
    }

    /** 1000 if it is promoted, the day if it is rolled back, else 0. */
    private static int run(Design design, int days, Day what, SplittableRandom random) {
        var region = new RegionLog(design);
        for (int day = 1; day <= days; day++) {
            what.come(region, day, random);
            Verdict verdict = region.close().verdict();
            if (verdict instanceof Verdict.Promote) {
                return 1000;
            } else if (verdict instanceof Verdict.RollBack) {
                return day;
            } else if (verdict instanceof Verdict.Inconclusive) {
                return 0;
            }
        }
        throw new IllegalStateException("a region went on after its last day");
    }

    private static double tolerance(double probability, int runs) {
        return 4 * StrictMath.sqrt(probability * (1 - probability) / runs);
    }

    private static int binomial(SplittableRandom random, int units, double probability) {
        int events = 0;
        for (int unit = 0; unit < units; unit++) {
            events += random.nextDouble() < probability ? 1 : 0;
        }
        return events;
    }

    private static Moments lognormal(SplittableRandom random, int units, double sigma) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        for (int unit = 0; unit < units; unit++) {
            double value = StrictMath.exp(sigma * random.nextGaussian());
            sum += value;
            squares += value * value;
            cubes += value * value * value;
        }
        return RegionLog.sums(units, units, sum / units, squares / units, cubes / units);
    }

    private static Moments normal(SplittableRandom random, int units, double deviation) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        for (int unit = 0; unit < units; unit++) {
            double value = 5 + deviation * random.nextGaussian();
            sum += value;
            squares += value * value;
            cubes += value * value * value;
        }
        return RegionLog.sums(units, units, sum / units, squares / units, cubes / units);
    }

    private static Day proportions(int control, double controlRate, int challenger, double challengerRate) {
        return (region, _, random) -> region.add(CHAMPION, control, binomial(random, control, controlRate))
                .add(CHALLENGER, challenger, binomial(random, challenger, challengerRate));
    }

    /** S1: 1,000 units an arm a day. */
    @Test
    void brokenChallengersAreRolledBackAtTheFirstClosing() {
        Design more = RegionLog.design(1, RegionLog.primary(0.005));
        assertEquals(
                1, simulate(50, more, 1, proportions(1_000, 0.05, 1_000, 0)).atOnce(), "5 → 0 %");
        assertEquals(
                1,
                simulate(50, more, 1, proportions(1_000, 0.05, 1_000, 0.0005)).atOnce(),
                "5 → .05 %");
        Rates fifth = simulate(RUNS, more, 28, proportions(1_000, 0.05, 1_000, 0.01));
        assertTrue(fifth.atOnce() >= 0.97 - tolerance(0.97, RUNS), "5 → 1 % at once: " + fifth);
        assertEquals(1, fifth.rolledBack(), "5 → 1 %");
        Design complaints = RegionLog.design(1, RegionLog.primary(0.01), RegionLog.guardrail(Direction.DOWN, 0.005));
        Day fine = proportions(1_000, 0.2, 1_000, 0.2);
        Day complained = (region, day, random) -> {
            fine.come(region, day, random);
            region.outcomes(CHAMPION, "cancelled", RegionLog.proportion(1_000, binomial(random, 1_000, 0.0005)))
                    .outcomes(CHALLENGER, "cancelled", RegionLog.proportion(1_000, binomial(random, 1_000, 0.05)));
        };
        assertEquals(1, simulate(50, complaints, 1, complained).atOnce(), "complaints .05 → 5 %");
    }

    /** S4: the first policy rolled back .477 and .362 of these, at 300 units a day. */
    @Test
    void changedSplitRollsBackNobodyWithoutHarm() {
        Design design = RegionLog.design(1, RegionLog.primary(0.012));
        Day to = changing(new int[] {150, 150}, new int[] {297, 3});
        simulate(RUNS, design, 28, to).keepsTheLevel(RUNS);
        Day from = changing(new int[] {297, 3}, new int[] {150, 150});
        simulate(RUNS, design, 28, from).keepsTheLevel(RUNS);
        Day ramp = changing(new int[] {270, 30}, new int[] {150, 150});
        simulate(RUNS, design, 28, ramp).keepsTheLevel(RUNS);
    }

    private static Day changing(int[] first, int[] then) {
        return (region, day, random) -> {
            if (day == 1) {
                region.restart(first[0], first[1]);
            } else if (day == 8) {
                region.nextEpoch(then[0], then[1]);
            }
            int[] units = day < 8 ? first : then;
            proportions(units[0], 0.05, units[1], 0.05).come(region, day, random);
        };
    }

    /**
     * S5: with the looks' correlation taken from information .0430 were promoted. So small a difference is the bench's to see;
     * what is exact about it is in {@link PolicyPromotionTest}.
     */
    @Test
    void driftingVariancePromotesNoMoreThanItSays() {
        KpiDefinition kpi = RegionLog.revenue(0.17);
        Day drift = (region, day, random) -> {
            int week = (day - 1) / 7;
            int units = (int) StrictMath.round(15 * StrictMath.pow(1.6, week));
            double deviation = StrictMath.pow(1.25, week);
            region.add(CHAMPION, normal(random, units, deviation)).add(CHALLENGER, normal(random, units, deviation));
        };
        simulate(500, RegionLog.design(1, kpi), 28, drift).keepsTheLevel(500);
    }

    /** S6: the first policy promoted .0978 of the one and rolled back .0553 of the other. */
    @Test
    void skewedValuesInUnequalArmsKeepTheLevel() {
        Design design = RegionLog.design(1, RegionLog.revenue(0.6));
        for (int control : new int[] {90, 10}) {
            Day skewed = (region, day, random) -> {
                if (day == 1) {
                    region.restart(control, 100 - control);
                }
                region.add(CHAMPION, lognormal(random, control, 1.5))
                        .add(CHALLENGER, lognormal(random, 100 - control, 1.5));
            };
            simulate(RUNS, design, 28, skewed).keepsTheLevel(RUNS);
        }
    }

    /** S13: the first policy rolled back .077 of these. */
    @Test
    void guardrailThatLosesHalfItsMarginIsSeldomRolledBack() {
        Design design = RegionLog.design(1, RegionLog.primary(0.03), RegionLog.guardrail(Direction.DOWN, 0.03));
        Day half = (region, day, random) -> {
            proportions(150, 0.2, 150, 0.2).come(region, day, random);
            region.outcomes(CHAMPION, "cancelled", RegionLog.proportion(150, binomial(random, 150, 0.1)))
                    .outcomes(CHALLENGER, "cancelled", RegionLog.proportion(150, binomial(random, 150, 0.115)));
        };
        Rates rates = simulate(RUNS, design, 28, half);
        assertTrue(rates.rolledBack() <= ALPHA + tolerance(ALPHA, RUNS), rates.toString());
    }

    /** The planned information, reached on the last day, and the power that it was planned for, less what looks cost. */
    @Test
    void minimumEffectIsFoundWithThePowerPlannedAndTwiceAsMuchHarmNearlyAlways() {
        double effect = 0.0443;
        Design design = RegionLog.design(1, RegionLog.primary(effect));
        Rates better = simulate(RUNS, design, 28, proportions(60, 0.3, 60, 0.3 + effect));
        assertEquals(0.78, better.promoted(), tolerance(0.78, RUNS), better.toString());
        assertEquals(0, better.rolledBack(), 0.005);
        Rates worse = simulate(RUNS, design, 28, proportions(60, 0.3, 60, 0.3 - 2 * effect));
        assertEquals(0, worse.promoted(), 0.002);
        assertTrue(worse.rolledBack() > 0.95, worse.toString());
        simulate(RUNS, design, 28, proportions(60, 0.3, 60, 0.3)).keepsTheLevel(RUNS);
    }
}
