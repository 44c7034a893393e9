package dev.ringside.experiments.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleRatioTest {
    @Test
    @Oracles.Needed
    void bayesFactorsAreThoseOfSsrm() throws IOException {
        JsonNode oracle = Oracles.json("srm.json");
        Map<String, Double> ends = new HashMap<>();
        for (JsonNode example : oracle.get("sequential")) {
            JsonNode shares = example.get("null_probabilities");
            double[] weights = new double[shares.size()];
            long[] counts = new long[shares.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = shares.get(i).asDouble();
            }
            double last = 0;
            for (int t = 0; t < example.get("increments").size(); t++) {
                long units = 0;
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += example.get("increments").get(t).get(i).asLong();
                    units += counts[i];
                }
                double tolerance = units >= 10_000_000 ? 2e-6 : 1e-8;
                last = SampleRatio.logBayesFactor(
                        counts, weights, example.get("concentration").asDouble());
                String where = example.get("name").asText() + ", step " + t;
                JsonNode closed = example.get("log_bayes_factor_closed_form").get(t);
                assertEquals(closed.asDouble(), last, tolerance, where);
                assertEquals(example.get("log_bayes_factor").get(t).asDouble(), last, tolerance, where);
            }
            ends.put(example.get("name").asText(), last);
        }
        JsonNode product = oracle.get("product_over_epochs");
        double sum = 0;
        for (JsonNode epoch : product.get("epochs")) {
            sum += ends.get(epoch.asText());
        }
        assertEquals(product.get("log_e_product").asDouble(), sum, 1e-8);
    }

    @Test
    void noUnitsAreNoEvidence() {
        assertEquals(0, SampleRatio.logBayesFactor(new long[] {0, 0}, new double[] {1, 9}, 10_000), 1e-15);
    }

    @Test
    void bayesFactorAveragesToOneOverEverySplit() {
        // Under the planned ratio the mean over all outcomes of n units is 1: that is what makes it an e-value.
        int n = 60;
        double[] weights = {1, 3};
        double mean = 0;
        double probability = StrictMath.pow(0.75, n);
        for (int k = 0; k <= n; k++) {
            mean += probability * StrictMath.exp(SampleRatio.logBayesFactor(new long[] {k, n - k}, weights, 100));
            probability *= (n - k) / (k + 1.0) / 3;
        }
        assertEquals(1, mean, 1e-12);
    }
}
