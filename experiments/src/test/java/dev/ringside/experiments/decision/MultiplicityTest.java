package dev.ringside.experiments.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often an experiment promotes anything although nothing has an effect, exactly: each promotion's test errs with the
 * probability of its α, which {@code GroupSequentialTest} shows is spent to the last digit, and tests of different units are
 * independent, so those that are asked by themselves err with 1 − Π (1 − αᵢ).
 */
class MultiplicityTest {
    private static final double ALPHA = 0.025;

    /** Waves in their turn: each but the first only if the one before was promoted. */
    private static double waves(int number, int regions) {
        double promoted = 0;
        double reached = 1;
        for (int wave = 0; wave < number; wave++) {
            reached *= Multiplicity.wave(regions).promotionAlpha();
            promoted = StrictMath.max(promoted, reached);
        }
        return promoted;
    }

    private static double anyOf(List<Double> independent) {
        return 1 - independent.stream().mapToDouble(error -> 1 - error).reduce(1, (a, b) -> a * b);
    }

    /** Every way to begin some of one to eight regions apart, in groups of one to three, the others in waves of one. */
    @Test
    void anExperimentWithoutEffectPromotesAnythingAtMostAsOftenAsItsWavesAndTheShareOfWhatBeganApartSay() {
        for (int regions = 1; regions <= 8; regions++) {
            for (int apart = 0; apart <= regions; apart++) {
                for (int group = 1; group <= 3; group++) {
                    var tests = new ArrayList<Double>();
                    tests.add(waves(regions - apart, regions));
                    for (int left = apart; left > 0; left -= group) {
                        tests.add(Multiplicity.wave(regions)
                                .apart(StrictMath.min(group, left))
                                .promotionAlpha());
                    }
                    double wave = apart == regions ? 0 : ALPHA;
                    double promised = wave + ALPHA * apart / regions;
                    assertTrue(anyOf(tests) <= promised + 1e-15, regions + " regions, " + apart + " apart: " + tests);
                    assertTrue(promised < 2 * ALPHA);
                }
            }
        }
    }

    /** S12: however often each region is begun again, by itself each time. */
    @Test
    void allAttemptsTogetherErrLessThanTwiceInARegionAndLessThanThreeTimesInAnExperiment() {
        for (int regions = 1; regions <= 8; regions++) {
            var all = new ArrayList<Double>(List.of(ALPHA));
            for (int region = 0; region < regions; region++) {
                List<Double> again = again(regions, region == 0 ? 2 : 1);
                assertTrue(anyOf(again) + (region == 0 ? ALPHA : 0) < 2 * ALPHA);
                all.addAll(again);
            }
            assertTrue(anyOf(all) < 3 * ALPHA, regions + " regions: " + anyOf(all));
        }
    }

    private static List<Double> again(int regions, int first) {
        return IntStream.rangeClosed(first, 50)
                .mapToObj(attempt ->
                        Multiplicity.wave(regions).apart(1).attempt(attempt).promotionAlpha())
                .toList();
    }

    /** What the rule before gave: four regions begun one by one erred .096 of the time. */
    @Test
    void fourRegionsBegunOneByOneErrAsOftenAsOneWave() {
        var undivided = IntStream.range(0, 4).mapToObj(i -> ALPHA).toList();
        assertEquals(0.0963, anyOf(undivided), 1e-4);
        var shares = IntStream.range(0, 4)
                .mapToObj(i -> Multiplicity.wave(4).apart(1).promotionAlpha())
                .toList();
        assertEquals(0.0248, anyOf(shares), 1e-4);
    }
}
