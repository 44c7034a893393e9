package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.export.ParityGate;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.Part;
import dev.ringside.training.features.Part.Steps.Cell;
import dev.ringside.training.features.TextSteps;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.Sides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextStepsTest {
    private static final FeatureSpec EVENTS = new FeatureSpec("events", FeatureType.CATEGORIES);

    private static Column.CategoryLists lists(List<List<String>> rows) {
        List<String> texts = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        int[] starts = new int[rows.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            for (String text : rows.get(row)) {
                if (!texts.contains(text)) {
                    texts.add(text);
                }
                codes.add(texts.indexOf(text));
            }
            starts[row + 1] = codes.size();
        }
        return new Column.CategoryLists(
                texts, codes.stream().mapToInt(Integer::intValue).toArray(), starts);
    }

    /** Each list holds one "buy" and one "back" among others, in one order or the other, which is the target. */
    private static Table rows(long seed, int count, String... others) {
        var random = new Random(seed);
        List<List<String>> rows = new ArrayList<>();
        double[] targets = new double[count];
        for (int row = 0; row < count; row++) {
            targets[row] = random.nextInt(2);
            List<String> events = new ArrayList<>(targets[row] == 1 ? List.of("buy", "back") : List.of("back", "buy"));
            for (int more = random.nextInt(4); more > 0; more--) {
                events.add(random.nextInt(events.size() + 1), others[random.nextInt(others.length)]);
            }
            rows.add(events);
        }
        return new Table(targets, null, null, Map.of("events", lists(rows)));
    }

    private static Fitted fitted(Cell cell, int epochs) {
        var settings = new TextSteps.Settings(new Part.Steps(cell, 6, 12, cell == Cell.LSTM ? 1 : 0), 4, 5);
        return (Fitted) new Pipeline(
                        List.of(new Represented(EVENTS, List.of(settings))),
                        new NetworkLearner(
                                NetworkSettings.plain(List.of(8), 0, 0.01, 0, 64, epochs, epochs),
                                new Target.Probability()))
                .fit(
                        Sides.all(rows(1, 1_000, "view", "like", "")),
                        rows(2, 200, "view", "like"),
                        new RunContext(1, (_, _, _, _) -> {}));
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void theGraphReadsTextsAsTheTrainerDoesAlsoUnknownAndEmptyOnesAndLongLists(Cell cell) {
        Fitted fitted = fitted(cell, 2);
        var random = new Random(3);
        String[] texts = {"buy", "back", "view", "never seen", "like", ""};
        List<List<String>> lists = new ArrayList<>();
        for (int row = 0; row < 1_000; row++) {
            lists.add(random.ints(row % 12, 0, texts.length)
                    .mapToObj(i -> texts[i])
                    .toList());
        }
        var test = new Table(new double[lists.size()], null, null, Map.of("events", lists(lists)));

        byte[] onnx = OnnxExporter.write(fitted, fitted.features());

        assertEquals(
                1_000, ParityGate.check(onnx, fitted, fitted.features(), test).rows());
        var empty = new Table(new double[2], null, null, Map.of("events", lists(List.of(List.of(), List.of()))));
        assertEquals(2, ParityGate.check(onnx, fitted, fitted.features(), empty).rows());
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void itIsTheOrderOfEventsThatTells(Cell cell) {
        Fitted fitted = fitted(cell, 8);
        Table test = rows(4, 500, "view", "like");
        var events = (Column.CategoryLists) test.column("events");
        List<List<String>> turned = new ArrayList<>();
        for (int row = 0; row < test.size(); row++) {
            List<String> list = new ArrayList<>();
            for (int i = events.starts()[row]; i < events.starts()[row + 1]; i++) {
                list.add(events.texts().get(events.codes()[i]));
            }
            Collections.reverse(list);
            turned.add(list);
        }

        double[] scores = fitted.score(test);
        double[] backwards = fitted.score(new Table(test.targets(), null, null, Map.of("events", lists(turned))));

        int hits = 0;
        int changed = 0;
        for (int row = 0; row < scores.length; row++) {
            hits += (scores[row] > 0.5) == (test.targets()[row] == 1) ? 1 : 0;
            changed += (scores[row] > 0.5) != (backwards[row] > 0.5) ? 1 : 0;
        }
        assertTrue(hits > 450, "hits " + hits);
        assertTrue(changed > 425, "changed " + changed);
    }

    @Test
    void placesAreThoseOfTheLastTextsNoneUnknownOrTheirOwn() {
        var steps = new TextSteps(EVENTS, List.of("back", "buy"), new Part.Steps(Cell.LSTM, 3, 2, 1), 4);

        assertArrayEquals(
                new float[] {3, 2, 1, 0, 0, 0, 2, 0, 3, 0, 0, 2},
                steps.encode(lists(List.of(
                                List.of("back", "buy", "back", "new"),
                                List.of(),
                                List.of("new", "back", "", "buy"),
                                List.of("back", ""))))
                        .values());
        assertEquals(new Part.EmbeddedSteps(steps.steps(), 4, 4), steps.part());
    }

    @Test
    void theVectorOfNoTextStaysZero() {
        NetworkModel model = (NetworkModel) fitted(Cell.LSTM, 2).model();

        float[] vectors = model.weights().get("texts0.vectors").values();
        assertArrayEquals(new float[4], Arrays.copyOf(vectors, 4));
        assertTrue(vectors[4] != 0);
    }
}
