package dev.ringside.training.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.SharedFolder;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.OnnxModel;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.split.Sides;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionalHeadsTest {
    private static final Fitted CHAMPION =
            Flights.parent(Flights.rows(1, 4_000, "A", "B"), Flights.rows(2, 1_000, "A", "B"));
    private static final Checkpoint CHECKPOINT = Checkpoint.of(CHAMPION).orElseThrow();

    private static Regional fitted(Table train) {
        return new RegionalHeads(CHECKPOINT, Flights.AIRPORT).fit(Sides.all(train), null, Flights.RUN);
    }

    @Test
    void deviationsOfNumbersAreThoseOfTheMarginalLikelihoodsMaximum() throws Exception {
        JsonNode oracle;
        try (InputStream json = RegionalHeadsTest.class.getResourceAsStream("pooling.json")) {
            oracle = Json.read(Objects.requireNonNull(json).readAllBytes(), JsonNode.class);
        }
        double[] ones = new double[oracle.path("y").size()];
        Arrays.fill(ones, 1);

        PartialPooling.Pooled pooled = PartialPooling.fit(
                new PartialPooling.Rows(
                        false,
                        SharedFolder.numbers(oracle.path("y")),
                        floats(oracle.path("z")),
                        2,
                        floats(oracle.path("x")),
                        ones,
                        Arrays.stream(SharedFolder.numbers(oracle.path("region")))
                                .mapToInt(region -> (int) region)
                                .toArray()),
                oracle.path("deviations").size());

        assertEquals(oracle.path("intercept").asDouble(), pooled.intercept(), 2e-3);
        assertEquals(oracle.path("slope").asDouble(), pooled.slope(), 2e-3);
        assertEquals(oracle.path("residual").asDouble(), pooled.residual(), 2e-3);
        for (int r = 0; r < pooled.deviations().length; r++) {
            assertArrayEquals(
                    SharedFolder.numbers(oracle.path("deviations").path(r)),
                    pooled.deviations()[r],
                    2e-3,
                    "region " + r);
        }
    }

    private static float[] floats(JsonNode array) {
        double[] numbers = SharedFolder.numbers(array);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    @Test
    void anUnknownRegionGetsTheChampionsOwnScoreBitByBitInTheGraphToo() throws Exception {
        Regional regional = fitted(Flights.rows(3, 3_000, "A", "B", "X"));
        Table unknown = Flights.rows(4, 500, "elsewhere");

        try (var graph = new OnnxModel(OnnxExporter.write(regional, regional.features()));
                var champion = new OnnxModel(OnnxExporter.write(CHAMPION, CHAMPION.features()))) {
            assertArrayEquals(
                    champion.score(unknown.tensors(CHAMPION.features())),
                    graph.score(unknown.tensors(regional.features())));
        }
        assertArrayEquals(CHAMPION.score(unknown), regional.score(unknown), 1e-7);
    }

    @Test
    void theGraphScoresKnownRegionsAsTheTrainerDoes() {
        Regional regional = fitted(Flights.rows(3, 3_000, "A", "B", "X"));
        byte[] onnx = OnnxExporter.write(regional, regional.features());

        ParityGate.Passed passed =
                ParityGate.check(onnx, regional, regional.features(), Flights.rows(5, 1_000, "A", "B", "X", "?"));

        assertEquals(1_000, passed.rows());
    }

    @Test
    void aRegionThatDiffersIsMetBetterAndOneOfFewRowsStaysWithTheChampion() {
        Regional regional = fitted(fewOf("Y", Flights.rows(3, 3_000, "A", "X", "Y")));

        Table differing = Flights.rows(7, 2_000, "X");
        assertTrue(Flights.loss(regional.score(differing), differing)
                < Flights.loss(CHAMPION.score(differing), differing) - 0.3);
        Table few = Flights.rows(8, 2_000, "Y");
        assertTrue(distance(regional, few) < distance(regional, differing) / 3);
    }

    @Test
    void aCheckpointHoldsTheChampionAndItsRegionsBitByBit() {
        Regional regional = fitted(Flights.rows(3, 3_000, "A", "B", "X"));
        Table test = Flights.rows(5, 1_000, "A", "B", "X", "?");

        byte[] bytes = Checkpoint.of(regional).orElseThrow().bytes();
        Checkpoint read = Checkpoint.read(bytes);

        assertArrayEquals(regional.score(test), read.predictor().score(test));
        assertArrayEquals(CHAMPION.score(test), read.fitted().score(test));
        assertArrayEquals(bytes, read.bytes());
        assertEquals(CHECKPOINT.bodyDigest(), read.bodyDigest());
    }

    private static double distance(Regional regional, Table rows) {
        double[] own = regional.score(rows);
        double[] champion = CHAMPION.score(rows);
        double sum = 0;
        for (int i = 0; i < own.length; i++) {
            sum += Math.abs(own[i] - champion[i]);
        }
        return sum / own.length;
    }

    /** All rows of the others, and the first three of one airport. */
    private static Table fewOf(String airport, Table rows) {
        String[] airports = rows.texts("airport");
        int[] left = {3};
        return rows.select(IntStream.range(0, rows.size())
                .filter(row -> !airports[row].equals(airport) || left[0]-- > 0)
                .toArray());
    }
}
