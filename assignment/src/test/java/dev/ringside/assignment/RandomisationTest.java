package dev.ringside.assignment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingRow.Arm;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * The units are {@code unit-0 … unit-199999}, the salts fixed, so the tests always give the same answer. Each bound is
 * the upper 10⁻⁶ point of χ² at its degrees of freedom (scipy.stats.chi2.isf of SciPy 1.17.1): a hash that is as good as
 * chance would pass a million choices of salt but one.
 */
class RandomisationTest {
    private static final int UNITS = 200_000;
    private static final double CHI_SQUARE_1 = 23.928;
    private static final double CHI_SQUARE_2 = 27.631;
    private static final double CHI_SQUARE_21 = 67.147;
    private static final double CHI_SQUARE_99 = 180.792;

    private static final UnitHash COVERAGE = UnitHash.coverage("salt");
    private static final UnitHash VARIANT = UnitHash.variant("salt", 1);
    private static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");

    @Test
    void coverageIsUniform() {
        assertUniform(100, CHI_SQUARE_99, unit -> (int) UnitHash.scale(COVERAGE.of(unit), 100));
    }

    @Test
    void theVariantHashIsUniform() {
        assertUniform(100, CHI_SQUARE_99, unit -> (int) UnitHash.scale(VARIANT.of(unit), 100));
    }

    @Test
    void armsGetTheirWeights() {
        List<Arm> arms = List.of(new Arm("champion", "1", 7), new Arm("a", "2", 2), new Arm("b", "3", 1));
        var assigner = AssignerTest.assigner(AssignerTest.row(1, RoutingRow.ALL, arms));
        long[] counts = new long[3];
        for (int i = 0; i < UNITS; i++) {
            if (assigner.assign("unit-" + i, "north") instanceof Assignment.Enrolled enrolled) {
                counts[arms.indexOf(enrolled.arm())]++;
            }
        }
        double[] expected = {UNITS * 0.7, UNITS * 0.2, UNITS * 0.1};
        double chiSquare = 0;
        for (int i = 0; i < 3; i++) {
            chiSquare += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        }
        assertTrue(chiSquare < CHI_SQUARE_2, "chi-square " + chiSquare);
    }

    @Test
    void beingCoveredSaysNothingAboutTheArm() {
        assertIndependent(CHI_SQUARE_1, 2, unit -> covered(unit), 2, unit -> half(VARIANT.of(unit)));
    }

    @Test
    void thePartitionSaysNothingAboutCoverage() {
        assertIndependent(CHI_SQUARE_21, 22, RandomisationTest::partition, 2, RandomisationTest::covered);
    }

    @Test
    void thePartitionSaysNothingAboutTheArm() {
        assertIndependent(CHI_SQUARE_21, 22, RandomisationTest::partition, 2, unit -> half(VARIANT.of(unit)));
    }

    @Test
    void theArmOfOneEpochSaysNothingAboutTheNext() {
        UnitHash next = UnitHash.variant("salt", 2);
        assertIndependent(CHI_SQUARE_1, 2, unit -> half(VARIANT.of(unit)), 2, unit -> half(next.of(unit)));
    }

    @Test
    void theArmOfOneExperimentSaysNothingAboutAnother() {
        UnitHash other = UnitHash.variant("other salt", 1);
        assertIndependent(CHI_SQUARE_1, 2, unit -> half(VARIANT.of(unit)), 2, unit -> half(other.of(unit)));
    }

    private static int covered(String unit) {
        return Enrolment.covers(COVERAGE.of(unit), 300_000) ? 1 : 0;
    }

    private static int half(long hash) {
        return (int) UnitHash.scale(hash, 2);
    }

    private static int partition(String unit) {
        return InstallKey.partition(KEY.unitHash(unit), 22);
    }

    private static void assertUniform(int size, double bound, ToIntFunction<String> hash) {
        long[] counts = new long[size];
        for (int i = 0; i < UNITS; i++) {
            counts[hash.applyAsInt("unit-" + i)]++;
        }
        double expected = (double) UNITS / size;
        double chiSquare = 0;
        for (long count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        assertTrue(chiSquare < bound, "chi-square " + chiSquare + " with " + (size - 1) + " degrees of freedom");
    }

    private static void assertIndependent(
            double bound, int rows, ToIntFunction<String> row, int columns, ToIntFunction<String> column) {
        long[][] counts = new long[rows][columns];
        long[] inRow = new long[rows];
        long[] inColumn = new long[columns];
        for (int i = 0; i < UNITS; i++) {
            int r = row.applyAsInt("unit-" + i);
            int c = column.applyAsInt("unit-" + i);
            counts[r][c]++;
            inRow[r]++;
            inColumn[c]++;
        }
        double chiSquare = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double expected = (double) inRow[r] * inColumn[c] / UNITS;
                chiSquare += (counts[r][c] - expected) * (counts[r][c] - expected) / expected;
            }
        }
        assertTrue(chiSquare < bound, "chi-square " + chiSquare);
    }
}
