package dev.ringside.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingRow.Arm;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignerTest {
    private static final List<Arm> HALVES = List.of(new Arm("champion", "1", 1), new Arm("challenger", "2", 1));

    @ParameterizedTest
    @CsvSource({"rider-1, challenger", "rider-2, champion"})
    void aUnitKeepsItsArmFromReleaseToRelease(String unit, String variant) {
        var assigner = assigner(row(1, RoutingRow.ALL, HALVES));
        var enrolled = assertInstanceOf(Assignment.Enrolled.class, assigner.assign(unit, "north"));
        assertEquals(variant, enrolled.arm().variant());
        assertEquals(0.5, enrolled.propensity());
    }

    @Test
    void growingCoverageKeepsEveryEnrolledUnitAndItsArm() {
        List<String> units =
                IntStream.range(0, 20_000).mapToObj(i -> "unit-" + i).toList();
        int[] steps = {0, 1, 10_000, 50_000, 333_333, 999_999, RoutingRow.ALL};
        for (int i = 1; i < steps.length; i++) {
            var before = assigner(row(1, steps[i - 1], HALVES));
            var after = assigner(row(1, steps[i], HALVES));
            for (String unit : units) {
                if (before.assign(unit, "north") instanceof Assignment.Enrolled was) {
                    var is = assertInstanceOf(Assignment.Enrolled.class, after.assign(unit, "north"), unit);
                    assertEquals(was.arm(), is.arm(), unit);
                }
            }
        }
    }

    @Test
    void nobodyIsCoveredByNothingAndEverybodyByAll() {
        var none = assigner(row(1, 0, HALVES));
        var all = assigner(row(1, RoutingRow.ALL, HALVES));
        for (int i = 0; i < 1_000; i++) {
            assertInstanceOf(Assignment.NotCovered.class, none.assign("unit-" + i, "north"));
            assertInstanceOf(Assignment.Enrolled.class, all.assign("unit-" + i, "north"));
        }
    }

    @Test
    void coverageEndsExactlyAtItsMillionth() {
        // ⌈k · 2⁶⁴ / 10⁶⌉ is the first hash of the k-th millionth.
        long edge = Long.parseUnsignedLong("4611686018427387904"); // 250,000 millionths: a quarter, exactly
        assertTrue(Enrolment.covers(edge - 1, 250_000));
        assertTrue(!Enrolment.covers(edge, 250_000));
        assertTrue(Enrolment.covers(edge, 250_001));
        assertTrue(Enrolment.covers(-1, RoutingRow.ALL));
        assertTrue(!Enrolment.covers(-1, RoutingRow.ALL - 1));
        assertTrue(!Enrolment.covers(0, 0));
        assertTrue(Enrolment.covers(0, 1));
    }

    @Test
    void armsDivideTheHashesExactlyByWeight() {
        List<Arm> arms = List.of(new Arm("champion", "1", 2), new Arm("a", "2", 1), new Arm("b", "3", 1));
        long quarter = 1L << 62;
        assertEquals(0, Enrolment.arm(0, arms, 4));
        assertEquals(0, Enrolment.arm(2 * quarter - 1, arms, 4));
        assertEquals(1, Enrolment.arm(2 * quarter, arms, 4));
        assertEquals(1, Enrolment.arm(3 * quarter - 1, arms, 4));
        assertEquals(2, Enrolment.arm(3 * quarter, arms, 4));
        assertEquals(2, Enrolment.arm(-1, arms, 4));
    }

    @Test
    void weightsWhoseSumIsBeyondAnIntStayExact() {
        List<Arm> arms = List.of(new Arm("champion", "1", Integer.MAX_VALUE), new Arm("a", "2", Integer.MAX_VALUE));
        long total = 2L * Integer.MAX_VALUE;
        assertEquals(0, Enrolment.arm(Long.MAX_VALUE, arms, total));
        assertEquals(1, Enrolment.arm(Long.MIN_VALUE, arms, total));
    }

    @Test
    void propensityIsTheArmsShareOfTheWeights() {
        var assigner = assigner(row(1, RoutingRow.ALL, List.of(new Arm("champion", "1", 9), new Arm("b", "2", 1))));
        for (int i = 0; i < 100; i++) {
            var enrolled = assertInstanceOf(Assignment.Enrolled.class, assigner.assign("unit-" + i, "north"));
            assertEquals(enrolled.arm().weight() / 10.0, enrolled.propensity());
        }
    }

    @Test
    void aSegmentWithoutRowHasNoExperiment() {
        assertInstanceOf(
                Assignment.NoRow.class, assigner(row(1, RoutingRow.ALL, HALVES)).assign("unit", "south"));
    }

    @Test
    void anOverriddenUnitGetsItsVersionWhateverTheRow() {
        var slot = slot(List.of(row(1, RoutingRow.ALL, HALVES)), List.of(new UnitOverride("tester", "7")));
        assertEquals(new Assignment.Overridden("7"), new Assigner(slot).assign("tester", "north"));
        assertEquals(new Assignment.Overridden("7"), new Assigner(slot).assign("tester", "south"));
    }

    @Test
    void aSegmentThatIsNotDeclaredOrNotNamedIsOther() {
        var assigner = assigner(row(1, RoutingRow.ALL, HALVES));
        assertEquals("north", assigner.segment("north"));
        assertEquals("other", assigner.segment("North"));
        assertEquals("other", assigner.segment(null));
    }

    @Test
    void twoRowsInOneSegmentAreRefusedByName() {
        var slot = slot(List.of(row(1, 1, HALVES), row(2, 1, HALVES)), List.of());
        var refusal = assertThrows(InvalidInput.class, () -> new Assigner(slot));
        assertEquals("'rows': expected one row a segment in slot 'eta', found two in 'north'", refusal.getMessage());
    }

    static RoutingRow row(int epoch, int coverageMillionths, List<Arm> arms) {
        return new RoutingRow("better", "north", epoch, "exp", coverageMillionths, arms);
    }

    static Assigner assigner(RoutingRow row) {
        return new Assigner(slot(List.of(row), List.of()));
    }

    private static SlotRoutes slot(List<RoutingRow> rows, List<UnitOverride> overrides) {
        var tensor = new TensorSpec("x", DataType.FP32, List.of(-1L, 1L));
        return new SlotRoutes(
                "eta",
                "ride",
                "region",
                List.of("north", "south"),
                new Signature(List.of(tensor), List.of(tensor)),
                Duration.ofSeconds(1),
                "layer",
                "1",
                Map.of(),
                Map.of(),
                rows,
                overrides);
    }
}
