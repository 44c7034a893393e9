package dev.ringside.experiments.analysis;

import static dev.ringside.experiments.analysis.Oracles.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormalMixtureTest {
    @Test
    @Oracles.Needed
    void widthsAndEvidenceAreThoseOfConfseq() throws IOException {
        List<Map<String, String>> rows = Oracles.csv("asymptotic_cs_information.csv");
        assertTrue(rows.size() > 100);
        for (Map<String, String> row : rows) {
            double information = number(row, "information");
            double alpha = number(row, "alpha");
            double star = number(row, "information_star");
            var twoSided = NormalMixture.narrowestAt(star, alpha);
            near(number(row, "phi_two_sided"), twoSided.phi(), 1e-12, row);
            near(number(row, "half_width_two_sided"), twoSided.halfWidth(information), 1e-12, row);
            // confseq tunes its one-sided mixture as the two-sided one at twice the α.
            near(
                    number(row, "phi_one_sided"),
                    NormalMixture.narrowestAt(star, 2 * alpha).phi(),
                    1e-12,
                    row);
            var oneSided = new NormalMixture(number(row, "phi_one_sided"), alpha);
            double z = oneSided.criticalZ(information);
            near(number(row, "half_width_one_sided"), z / StrictMath.sqrt(information), 1e-10, row);
            double evidence = number(row, "log_e_one_sided_at_z3");
            assertEquals(evidence, oneSided.logEvidence(information, 3), 1e-10 * (1 + StrictMath.abs(evidence)));
            assertEquals(-StrictMath.log(alpha), oneSided.logEvidence(information, z), 1e-12, row.toString());
        }
    }

    @Test
    void oneSidedBoundaryIsNineInAHundredNarrowerThanTheTwoSidedOne() {
        var mixture = NormalMixture.narrowestAt(100, 0.05);
        double ratio = mixture.criticalZ(100) / StrictMath.sqrt(100) / mixture.halfWidth(100);
        assertEquals(0.91, ratio, 0.005);
    }

    private static void near(double expected, double actual, double relative, Map<String, String> row) {
        assertEquals(expected, actual, relative * StrictMath.abs(expected), row.toString());
    }
}
