package dev.ringside.training.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Part;
import dev.ringside.training.learning.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorTest {
    @ParameterizedTest
    @CsvSource({"0.5, 0.117", "0.5, 0.001", "0.2, 0.9", "0.3, 0.3", "0.95, 0.0001"})
    void aShiftedLogitIsTheProbabilityOfElkansSecondTheorem(double sampled, double real) {
        double shift = new Prior(sampled, 1 - sampled).shiftTo(new Prior(real * 40, (1 - real) * 40));

        for (double p = 0.01; p < 1; p += 0.01) {
            // Elkan 2001, theorem 2: p' = b' (p − p b) / (b − p b + b' p − b b').
            double expected = real * (p - p * sampled) / (sampled - p * sampled + real * p - sampled * real);
            double shifted = 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift)));
            assertEquals(expected, shifted, 1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.117", "0.2, 0.9"})
    void aShiftedLogitIsThePosteriorOfSaerensLatinneAndDecaestecker(double sampled, double real) {
        double shift = new Prior(sampled, 1 - sampled).shiftTo(new Prior(real, 1 - real));

        for (double p = 0.01; p < 1; p += 0.01) {
            // Saerens et al. 2002, equation 2.4: each posterior times new over old prior, divided by their sum.
            double yes = real / sampled * p;
            double no = (1 - real) / (1 - sampled) * (1 - p);
            assertEquals(yes / (yes + no), 1 / (1 + Math.exp(-(Math.log(p / (1 - p)) + shift))), 1e-12);
        }
    }

    @Test
    void rowsThatTellWhenToStopWeighAsMuchPerClassAsTheSample() {
        var rows = new Encoded(10, List.of(new Part.Numbers(1)), List.of(new Block.Dense(1, new float[10])));
        double[] targets = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0};
        double[] weights = {1, 2, 1, 2, 1, 3, 1, 2, 1, 2};
        Prior own = Prior.of(targets, weights);

        Examples imposed = new Prior(1, 1).imposedOn(new Examples(rows, targets, weights), own);

        assertEquals(0.5, Prior.of(imposed).share(), 1e-12);
        assertEquals(3, imposed.weight(5) / imposed.weight(0), 1e-12);
    }

    @Test
    void oneClassAloneHasNoPrior() {
        String message = assertThrows(InvalidData.class, () -> Prior.of(new double[] {1, 1}, null))
                .getMessage();

        assertTrue(message.contains("expected both classes"), message);
    }
}
