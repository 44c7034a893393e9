package dev.ringside.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.RoutingRow.Arm;
import dev.ringside.contract.routing.RoutingRow.Holdback;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * S11: who keeps the old champion after a promotion. The units are {@code unit-0 … unit-199999}; bounds are five standard
 * deviations of a binomial count.
 */
class HoldbackTest {
    private static final int UNITS = 200_000;
    private static final int BEFORE = 1;
    private static final int AFTER = 2;

    private static List<Arm> arms(int control, int challenger) {
        return List.of(new Arm("champion", "v1", control), new Arm("challenger", "v2", challenger));
    }

    private static Assigner before(int coverage, List<Arm> arms) {
        return AssignerTest.assigner(AssignerTest.row(BEFORE, coverage, arms));
    }

    private static Assigner after(int coverage, List<Arm> arms, int ofControl) {
        return AssignerTest.assigner(
                new RoutingRow("better", "north", AFTER, "exp", coverage, arms, new Holdback(BEFORE, ofControl)));
    }

    private static String variant(Assigner assigner, int unit) {
        return switch (assigner.assign("unit-" + unit, "north")) {
            case Assignment.Enrolled enrolled -> enrolled.arm().variant();
            case Assignment.NotCovered uncovered -> "none";
            case Assignment.NoRow none -> "no row";
            case Assignment.Overridden overridden -> "override";
        };
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 100000", "9, 1, 55556", "1, 9, 500000", "1, 1, 1000000"})
    void eachGetsItsShareAndTheDeclaredPropensity(int control, int challenger, int ofControl) {
        Assigner assigner = after(RoutingRow.ALL, arms(control, challenger), ofControl);
        int champions = 0;
        int challengers = 0;
        double ofChampion = 0;
        double ofChallenger = 0;
        for (int i = 0; i < UNITS; i++) {
            if (assigner.assign("unit-" + i, "north") instanceof Assignment.Enrolled enrolled) {
                if (enrolled.arm().variant().equals("champion")) {
                    champions++;
                    ofChampion = enrolled.propensity();
                } else {
                    challengers++;
                    ofChallenger = enrolled.propensity();
                }
            }
        }
        double controlShare = (double) control / (control + challenger);
        assertEquals(controlShare * ofControl / 1e6, ofChampion, 1e-12);
        assertEquals(1 - controlShare, ofChallenger, 1e-12);
        assertBinomial(champions, ofChampion);
        assertBinomial(challengers, ofChallenger);
    }

    private static void assertBinomial(int count, double share) {
        double deviation = Math.sqrt(UNITS * share * (1 - share));
        assertTrue(Math.abs(count - UNITS * share) <= 5 * deviation + 1, count + " of " + UNITS + " for " + share);
    }

    @Test
    void whoWasControlKeepsTheOldChampionOrIsInNoComparisonAndWhoHadTheNewOneKeepsIt() {
        List<Arm> arms = arms(1, 1);
        Assigner before = before(700_000, arms);
        Assigner after = after(700_000, arms, 100_000);
        int heldBack = 0;
        for (int i = 0; i < UNITS; i++) {
            String was = variant(before, i);
            String is = variant(after, i);
            switch (was) {
                case "challenger" -> assertEquals("challenger", is, "unit-" + i);
                case "none" -> assertEquals("none", is, "who was not covered is not now");
                default -> {
                    assertTrue(is.equals("champion") || is.equals("none"), is);
                    heldBack += is.equals("champion") ? 1 : 0;
                }
            }
        }
        assertBinomial(heldBack, 0.7 * 0.5 * 0.1);
    }

    @Test
    void aUnitIsHeldBackAgainAndAgainAndMoreOfThemWhereThePartGrows() {
        Assigner few = after(RoutingRow.ALL, arms(1, 1), 100_000);
        Assigner same = after(RoutingRow.ALL, arms(1, 1), 100_000);
        Assigner many = after(RoutingRow.ALL, arms(1, 1), 200_000);
        for (int i = 0; i < 20_000; i++) {
            assertEquals(variant(few, i), variant(same, i));
            if (variant(few, i).equals("champion")) {
                assertEquals("champion", variant(many, i));
            }
        }
    }

    @Test
    void heldBackUnitsGetTheOldVersionAndTheOthersTheNewOne() {
        Assigner assigner = after(RoutingRow.ALL, arms(1, 1), RoutingRow.ALL);
        for (int i = 0; i < 1000; i++) {
            Assignment.Enrolled enrolled =
                    assertInstanceOf(Assignment.Enrolled.class, assigner.assign("unit-" + i, "north"));
            assertEquals(
                    enrolled.arm().variant().equals("champion") ? "v1" : "v2",
                    enrolled.arm().version());
            assertEquals(AFTER, enrolled.row().epoch(), "it is counted in cells of its own");
        }
    }

    /** Whether a unit is held back says nothing of its arm in the next epoch, nor of whether it is covered. */
    @Test
    void beingHeldBackIsIndependentOfEveryOtherHash() {
        UnitHash held = UnitHash.holdback("exp", AFTER);
        for (UnitHash other : List.of(
                UnitHash.variant("exp", BEFORE),
                UnitHash.variant("exp", AFTER),
                UnitHash.coverage("exp"),
                UnitHash.holdback("exp", AFTER + 1))) {
            long[][] counts = new long[2][2];
            for (int i = 0; i < UNITS; i++) {
                counts[(int) UnitHash.scale(held.of("unit-" + i), 2)][(int) UnitHash.scale(other.of("unit-" + i), 2)]++;
            }
            double chiSquare = 0;
            for (long[] row : counts) {
                for (long count : row) {
                    chiSquare += (count - UNITS / 4.0) * (count - UNITS / 4.0) / (UNITS / 4.0);
                }
            }
            // The upper 10⁻⁶ point of χ² with 3 degrees of freedom (scipy.stats.chi2.isf of SciPy 1.17.1).
            assertTrue(chiSquare < 30.665, "chi-square " + chiSquare);
        }
    }
}
