package dev.ringside.metrics.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.moments.OutcomeClass;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Permuted, duplicated and delayed logs over 1 to 8 partitions give equal closed cells. */
class OrderIndependenceTest {
    private static final int UNITS = 40;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyTellingOfAWorldEndsAsTheDefinitionsSay(long seed) {
        World world = World.random(seed, UNITS);
        Verdict truth = BatchOracle.judge(world);
        for (int partitions = 1; partitions <= 8; partitions++) {
            for (int disorder : new int[] {1, 5, Integer.MAX_VALUE}) {
                long order = seed * 1000 + partitions * 10L + (disorder > 5 ? 2 : disorder > 1 ? 1 : 0);
                int markEvery = 1 + (int) (order % 40);
                Verdict told = Reading.of(world, Telling.of(world, order, partitions, disorder, markEvery));
                assertEquals(
                        truth,
                        told,
                        "world " + seed + ", telling " + order + ", " + partitions + " partitions, disorder "
                                + disorder);
            }
        }
    }

    @Test
    void theWorldsContainEveryKindOfOutcomeAndArm() {
        Map<OutcomeClass, Long> classes = new TreeMap<>();
        long[] arms = new long[9];
        seeds().forEach(seed -> {
            Verdict truth = BatchOracle.judge(World.random(seed, UNITS));
            truth.outcomes().forEach((as, count) -> classes.merge(as, count, Long::sum));
            truth.arms().values().forEach(a -> {
                arms[0] += a.crossed();
                arms[1] += a.fellBack();
                arms[2] += a.withOutcome();
                arms[3] += a.lateExposures();
                arms[4] += a.lateOutcomes();
            });
            truth.exposures().values().forEach(e -> {
                arms[5] += e.crossed();
                arms[6] += e.fellBack();
                arms[7] += e.lateExposures();
                arms[8] += e.lateOutcomes();
            });
        });
        for (OutcomeClass as : OutcomeClass.values()) {
            assertEquals(as != OutcomeClass.PENDING, classes.get(as) > 30, as + " of " + classes);
        }
        for (long count : arms) {
            assertEquals(true, count > 30, java.util.Arrays.toString(arms));
        }
    }
}
