package dev.ringside.training.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Standardised;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.InMemoryCheckpoints;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkModel;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart.Mode;
import dev.ringside.training.network.Weights;
import dev.ringside.training.sampling.ClassWeights;
import dev.ringside.training.sampling.Corrected;
import dev.ringside.training.split.Sides;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FineTuningTest {
    private static final Table OLD = Flights.rows(1, 4_000, "A", "B");
    private static final Table WATCHED = Flights.rows(2, 1_000, "A", "B");
    private static final Fitted PARENT = Flights.parent(OLD, WATCHED);
    private static final Checkpoint CHECKPOINT =
            Checkpoint.read(Checkpoint.of(PARENT).orElseThrow().bytes());

    private static final Table NEW = Flights.rows(3, 400, "A", "X1", "X2");
    private static final Table NEW_WATCHED = Flights.rows(4, 400, "A", "X1", "X2");
    private static final Table TEST = Flights.rows(5, 2_000, "A", "X1", "X2", "unknown");

    /** The parent's columns between new ones, so that none keeps its place. */
    private static List<Represented> grown() {
        List<Represented> features = new ArrayList<>();
        features.add(new Represented(Flights.CARRIER, List.of(OneHot::fit)));
        features.add(new Represented(
                new FeatureSpec("hour2", FeatureType.INTEGER),
                List.of(Standardised::fit, new PiecewiseLinear.Settings(16, 4))));
        features.addAll(Flights.features().reversed());
        return features;
    }

    private static Table withSecondHour(Table rows) {
        var columns = new HashMap<>(rows.columns());
        columns.put("hour2", rows.column("hour"));
        return new Table(rows.targets(), null, null, columns);
    }

    private static Fitted child(List<Represented> features, NetworkSettings settings, Mode mode, double decay) {
        return (Fitted) new FineTuning(CHECKPOINT, features, settings, new Target.Probability(), mode, decay)
                .fit(Sides.all(withSecondHour(NEW)), withSecondHour(NEW_WATCHED), Flights.RUN);
    }

    private static Weights weights(Fitted fitted) {
        return ((NetworkModel) fitted.model()).weights();
    }

    @Test
    void aCheckpointScoresAsThePredictorThatItWasWrittenOfBitByBit() {
        assertArrayEquals(PARENT.score(TEST), CHECKPOINT.fitted().score(TEST));
        assertArrayEquals(
                CHECKPOINT.bytes(), Checkpoint.of(PARENT).orElseThrow().bytes());
    }

    @Test
    void newColumnsAndNewTextsLeaveTheFirstScoresAsTheParentsAndTakePartFromTheFirstStepOn() {
        Fitted first = child(grown(), Flights.settings(5, 1), Mode.EVERY_LAYER, 1); // a pass too wild to be kept
        Fitted after = child(grown(), Flights.settings(0.003, 20), Mode.EVERY_LAYER, 1);

        Table test = withSecondHour(TEST);
        assertEquals(0.0, first.facts().get("best_epoch"));
        assertArrayEquals(PARENT.score(TEST), first.score(test), 1e-6);
        assertTrue(Flights.loss(after.score(test), TEST) < Flights.loss(PARENT.score(TEST), TEST) - 0.02);
        Weights.Values layer = weights(after).get("layer1.weight");
        assertTrue(layer.shape()[1] > weights(PARENT).get("layer1.weight").shape()[1]);
        byte[] onnx = OnnxExporter.write(after, after.features());
        assertEquals(
                1_000, ParityGate.check(onnx, after, after.features(), test).rows());
    }

    @Test
    void aFrozenBodyKeepsTheParentsDigestAlsoItsRunningStatisticsAndTheHeadIsNew() {
        Fitted child = child(Flights.features(), Flights.settings(0.01, 5), Mode.NEW_HEAD, 1);

        assertEquals(CHECKPOINT.bodyDigest(), Checkpoint.of(child).orElseThrow().bodyDigest());
        assertFalse(Arrays.equals(
                weights(PARENT).get("head.weight").values(),
                weights(child).get("head.weight").values()));
        Fitted other = child(Flights.features(), Flights.settings(0.01, 5), Mode.EVERY_LAYER, 1);
        assertNotEquals(
                CHECKPOINT.bodyDigest(), Checkpoint.of(other).orElseThrow().bodyDigest());
    }

    @Test
    void gradualUnfreezingThawsOneLayerMoreWithEachPass() {
        for (int epochs = 1; epochs <= 4; epochs++) {
            NetworkSettings settings = Flights.settings(0.01, epochs);
            Weights after = weights(child(Flights.features(), settings, Mode.GRADUAL, 1));
            // The pass with the least validation loss can be an earlier one: layers that are frozen in all of them
            // count.
            assertSame("head.weight", false, after);
            assertSame("layer2.weight", epochs < 2, after);
            assertSame("layer1.bias", epochs < 3, after);
            assertSame("piecewise4.weight", epochs < 4, after);
        }
    }

    private static void assertSame(String parameter, boolean frozen, Weights after) {
        float[] before = weights(PARENT).get(parameter).values();
        boolean same = Arrays.equals(before, after.get(parameter).values());
        assertEquals(frozen, same, parameter);
    }

    @Test
    void aLayerNearTheInputsIsChangedLessWhereRatesDecay() {
        Weights even = weights(child(Flights.features(), Flights.settings(0.001, 1), Mode.EVERY_LAYER, 1));
        Weights decayed = weights(child(Flights.features(), Flights.settings(0.001, 1), Mode.EVERY_LAYER, 0.1));

        // Steps of Adam are as long as the rate, whatever the gradient: a bit more or less where directions change.
        assertEquals(Math.log(0.1), Math.log(moved("layer2.weight", decayed) / moved("layer2.weight", even)), 0.4);
        assertEquals(Math.log(0.01), Math.log(moved("layer1.bias", decayed) / moved("layer1.bias", even)), 0.7);
    }

    private static double moved(String parameter, Weights after) {
        double moved = 0;
        float[] before = weights(PARENT).get(parameter).values();
        for (int i = 0; i < before.length; i++) {
            moved += Math.abs(after.get(parameter).values()[i] - before[i]);
        }
        return moved;
    }

    @Test
    void onFewRowsOfNewAirportsItBeatsANetworkOfThemAlone() {
        Fitted child = child(Flights.features(), Flights.settings(0.003, 40), Mode.EVERY_LAYER, 0.8);
        var scratch = new Pipeline(
                        Flights.features(), new NetworkLearner(Flights.settings(0.003, 40), new Target.Probability()))
                .fit(Sides.all(NEW), NEW_WATCHED, Flights.RUN);

        assertTrue(Flights.loss(child.score(TEST), TEST) < Flights.loss(scratch.score(TEST), TEST));
    }

    @Test
    void whereNoPassIsBetterTheParentsWeightsStay() {
        Fitted child = (Fitted) new FineTuning(
                        CHECKPOINT,
                        Flights.features(),
                        Flights.settings(5, 3),
                        new Target.Probability(),
                        Mode.EVERY_LAYER,
                        1)
                .fit(Sides.all(OLD.spread(200)), WATCHED, Flights.RUN);

        assertEquals(0.0, child.facts().get("best_epoch"));
        assertArrayEquals(PARENT.score(TEST), child.score(TEST));
    }

    /** Positives count four times, so that logits of the sample's prior lie ln 4 higher. */
    @Test
    void underASamplesPriorTheFirstScoresAreTheParentsAndLaterOnesAreOfTheRowsOwnPrior() {
        Corrected first = sampled(Flights.settings(5, 1)); // a pass too wild to be kept
        Corrected after = sampled(Flights.settings(0.003, 20));

        assertEquals(-Math.log(4), after.shift(), 1e-9);
        assertEquals(0.0, first.facts().get("best_epoch"));
        assertArrayEquals(PARENT.score(TEST), first.score(TEST), 1e-6);
        assertTrue(Flights.loss(after.score(TEST), TEST) < Flights.loss(PARENT.score(TEST), TEST) - 0.02);
        double[] scores = after.score(TEST);
        double late = Arrays.stream(TEST.targets()).average().orElseThrow();
        assertEquals(late, Arrays.stream(scores).average().orElseThrow(), 0.06);
        byte[] onnx = OnnxExporter.write(after, after.features());
        assertEquals(
                1_000, ParityGate.check(onnx, after, after.features(), TEST).rows());
        Checkpoint own = Checkpoint.of(after).orElseThrow();
        assertArrayEquals(scores, own.predictor().score(TEST), 1e-6);
    }

    private static Corrected sampled(NetworkSettings settings) {
        return (Corrected) new FineTuning(
                        CHECKPOINT,
                        Flights.features(),
                        settings,
                        new Target.Probability(),
                        Mode.EVERY_LAYER,
                        1,
                        new ClassWeights(4.0),
                        new Parallelism.None())
                .fit(Sides.all(NEW), NEW_WATCHED, Flights.RUN);
    }

    @Test
    void aFileOfAnotherFormatIsRefused() {
        byte[] bytes = CHECKPOINT.bytes();
        byte[] other = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("ringside network 1", "ringside network 9")
                .getBytes(StandardCharsets.ISO_8859_1);

        String message = assertThrows(IllegalArgumentException.class, () -> Checkpoint.read(other))
                .getMessage();

        assertTrue(message.contains("format 'ringside network 9', expected 'ringside network 1'"), message);
    }

    /** Layers have rates of their own, and some of them no memory in the optimiser yet. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void aChildWhoseFittingWasEndedComesToTheSameWeights(Mode mode) {
        NetworkSettings settings = Flights.settings(0.01, 5);
        Function<RunContext, Fitted> fitting = run ->
                (Fitted) new FineTuning(CHECKPOINT, Flights.features(), settings, new Target.Probability(), mode, 0.5)
                        .fit(Sides.all(NEW), NEW_WATCHED, run);

        Fitted whole = fitting.apply(Flights.RUN);
        Fitted resumed = InMemoryCheckpoints.interrupted(fitting, Flights.RUN.seed(), 3);

        assertArrayEquals(whole.score(TEST), resumed.score(TEST));
        assertEquals(whole.facts(), resumed.facts());
    }
}
