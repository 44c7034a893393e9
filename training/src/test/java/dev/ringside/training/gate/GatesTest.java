package dev.ringside.training.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.training.evaluation.Bootstrap;
import dev.ringside.training.evaluation.ClassifiedRows;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.evaluation.PredictedRows;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.evaluation.offpolicy.LoggedRounds;
import dev.ringside.training.evaluation.offpolicy.OffPolicyEvaluation;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final int ROWS = 4_000;
    private static final PayOff WARNING = new PayOff("warning_value", 0.2, 1, -0.25);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 200, 0.95);
    private static final ChampionGate.Area AREA = new ChampionGate.Area(0.01, 0.95);
    private static final Gates ALL = new Gates(List.of(
            AboveChance.standard(),
            AREA,
            new ChampionGate.Worth(WARNING, 0.005, BOOTSTRAP),
            new ChampionGate.Loss(0.01, BOOTSTRAP),
            new EachSegment(new ChampionGate.Area(0.03, 0.95), 30),
            new CalibrationLimit(0.03),
            new ExportGate.Size(1_000_000),
            new ExportGate.Latency(Duration.ofMillis(1)),
            new ExportGate.Parity(1e-5)));

    private static final Evidence.Export EXPORT =
            new Evidence.Export(20_000, 1_000, Duration.ofNanos(80_600), 1_000, 3e-7);

    private final boolean[] labels = new boolean[ROWS];
    private final double[] weak = new double[ROWS];
    private final double[] strong = new double[ROWS];
    private final String[] segments = new String[ROWS];

    /** Two kinds of evidence; the champion sees the first, the challenger both. */
    GatesTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < ROWS; row++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            strong[row] = logistic(first + second - 1);
            // The mean over the second kind of evidence, nearly: π/8 of its variance flattens a logistic function.
            weak[row] = logistic((first - 1) / Math.sqrt(1 + Math.PI / 8));
            labels[row] = random.nextDouble() < strong[row];
            segments[row] = row < 40 ? "small" : row % 2 == 0 ? "AUS" : "SLC";
        }
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private Evidence evidence(double[] challenger, double[] champion) {
        return new Evidence(
                new ScoredRows(labels, challenger), new ScoredRows(labels, champion), segments, EXPORT, null);
    }

    private static List<String> refused(Judgement judgement) {
        return judgement.refusals().stream().map(Verdict.Refused::gate).toList();
    }

    @Test
    void aBetterModelPassesEveryGate() {
        Judgement judgement = ALL.judge(evidence(strong, weak));

        assertEquals(List.of(), judgement.refusals());
        assertTrue(judgement.accepted());
        assertEquals(9, judgement.verdicts().size());
    }

    @Test
    void aWorseModelIsRefusedByEveryGateThatComparesItAndNoneIsLeftOut() {
        Judgement judgement = ALL.judge(evidence(weak, strong));

        assertEquals(
                List.of("champion_auc", "champion_warning_value", "champion_loss", "segment_champion_auc"),
                refused(judgement));
        assertEquals(9, judgement.verdicts().size());
    }

    /** 100 shuffles, seed 4: that none of them passes at level .999 is 95 % likely. */
    @Test
    void shuffledLabelsEndAsRefusedWithReasons() {
        SplittableRandom random = new SplittableRandom(4);
        for (int shuffle = 0; shuffle < 100; shuffle++) {
            boolean[] shuffled = labels.clone();
            for (int row = ROWS - 1; row > 0; row--) {
                int other = random.nextInt(row + 1);
                boolean kept = shuffled[row];
                shuffled[row] = shuffled[other];
                shuffled[other] = kept;
            }
            Verdict verdict = AboveChance.standard()
                    .judge(new Evidence(new ScoredRows(shuffled, strong), null, null, null, null));

            String reason = assertInstanceOf(Verdict.Refused.class, verdict).reason();
            assertTrue(
                    reason.matches(
                            "AUC 0\\.\\d{4} \\[0\\.\\d{4}, 0\\.\\d{4}] at level 0\\.999: the interval does not lie"
                                    + " above 0\\.5000, so .*"),
                    reason);
        }
    }

    /** Three classes, the last of 40 rows in 2,000, seed 6: one in 2,000 shuffles is let through, .2 of these 400. */
    @Test
    void shuffledClassesEndAsRefusedAndTrueOnesPass() {
        SplittableRandom random = new SplittableRandom(6);
        int rows = 2000;
        int[] classes = new int[rows];
        double[][] probabilities = new double[rows][3];
        for (int row = 0; row < rows; row++) {
            classes[row] = row % 50 == 0 ? 2 : row % 2;
            double sum = 0;
            for (int each = 0; each < 3; each++) {
                probabilities[row][each] = StrictMath.exp(random.nextGaussian() + (classes[row] == each ? 0.5 : 0));
                sum += probabilities[row][each];
            }
            for (int each = 0; each < 3; each++) {
                probabilities[row][each] /= sum;
            }
        }
        Verdict honest = AboveChance.standard().judge(classes(classes, probabilities));
        int passed = 0;
        for (int shuffle = 0; shuffle < 400; shuffle++) {
            int[] shuffled = classes.clone();
            for (int row = rows - 1; row > 0; row--) {
                int other = random.nextInt(row + 1);
                int kept = shuffled[row];
                shuffled[row] = shuffled[other];
                shuffled[other] = kept;
            }
            Verdict verdict = AboveChance.standard().judge(classes(shuffled, probabilities));
            passed += verdict instanceof Verdict.Passed ? 1 : 0;
        }

        assertInstanceOf(Verdict.Passed.class, honest, honest::reason);
        assertTrue(honest.reason().startsWith("mean AUC of 3 classes against the others 0."), honest::reason);
        assertTrue(passed <= 2, passed + " passed");
    }

    @Test
    void aClassOfAFewRowsIsLeftOutAndNumbersHaveNoOrderToBeTold() {
        int[] classes = new int[60];
        double[][] probabilities = new double[60][];
        for (int row = 0; row < 60; row++) {
            classes[row] = row < 3 ? 2 : row % 2;
            double first = row % 2 == 0 ? 0.8 : 0.1;
            probabilities[row] = new double[] {first, 0.9 - first, 0.1};
        }

        Verdict some = AboveChance.standard().judge(classes(classes, probabilities));
        Verdict few = AboveChance.standard().judge(classes(new int[60], probabilities));
        Verdict numbers = AboveChance.standard().judge(numbers(new double[3], new double[3], new double[3]));

        assertTrue(some.reason().startsWith("mean AUC of 2 of 3 classes against the others"), some::reason);
        assertInstanceOf(Verdict.Passed.class, some);
        assertTrue(
                few.reason().startsWith("no mean AUC of 3 classes against the others: expected 10 rows"), few::reason);
        assertTrue(
                assertInstanceOf(Verdict.Refused.class, numbers).reason().contains("a number has none"),
                numbers::reason);
    }

    private static Evidence classes(int[] classes, double[][] probabilities) {
        return new Evidence(new ClassifiedRows(classes, probabilities, null), null, null, null, null);
    }

    @Test
    void anEqualModelPassesWithinAMarginAndNotWhereItMustBeBetter() {
        Evidence equal = evidence(weak, weak.clone());

        assertInstanceOf(Verdict.Passed.class, AREA.judge(equal));
        Verdict verdict = new ChampionGate.Area(0, 0.95).judge(equal);
        assertEquals(
                "AUC on 4000 rows: better than the champion's by +0.0000 [+0.0000, +0.0000]; the interval does not lie"
                        + " above +0.0000",
                assertInstanceOf(Verdict.Refused.class, verdict).reason());
    }

    @Test
    void withoutAChampionThereIsNothingToLoseTo() {
        Evidence first = new Evidence(new ScoredRows(labels, weak), null, segments, EXPORT, null);

        assertTrue(ALL.judge(first).accepted());
    }

    @Test
    void aFewPositivesAreNoComparison() {
        boolean[] rare = new boolean[ROWS];
        Arrays.fill(rare, 0, 11, true);
        Verdict verdict =
                AREA.judge(new Evidence(new ScoredRows(rare, strong), new ScoredRows(rare, weak), null, null, null));

        assertEquals(
                "no comparison of AUC with the champion: expected 30 positives and 30 negatives or more among 4000"
                        + " rows",
                assertInstanceOf(Verdict.Refused.class, verdict).reason());
    }

    @Test
    void aSegmentThatLosesIsNamedAndSoIsOneThatIsTooSmall() {
        double[] harmful = strong.clone();
        for (int row = 0; row < ROWS; row++) {
            if (segments[row].equals("SLC")) {
                harmful[row] = 1 - strong[row];
            }
        }

        Verdict verdict = new EachSegment(new ChampionGate.Area(0.03, 0.95), 30).judge(evidence(harmful, weak));

        String reason = assertInstanceOf(Verdict.Refused.class, verdict).reason();
        assertTrue(reason.startsWith("1 of 2 segments are not within the margin. SLC: AUC on 1980 rows"), reason);
        assertTrue(reason.contains("too small to judge: small ("), reason);
        assertTrue(verdict.figures().get("SLC/high") < 0);
        assertTrue(verdict.figures().get("AUS/low") > 0);
    }

    @Test
    void scoresThatAreNoProbabilitiesAreRefused() {
        double[] doubled =
                Arrays.stream(strong).map(score -> Math.min(1, 2 * score)).toArray();

        assertEquals(
                List.of("calibration"),
                refused(new Gates(List.of(new CalibrationLimit(0.03), AREA)).judge(evidence(doubled, weak))));
    }

    @Test
    void budgetsAndParityAreMeasuredOnTheFile() {
        Gates gates = new Gates(List.of(
                new ExportGate.Size(19_999),
                new ExportGate.Latency(Duration.ofNanos(80_000)),
                new ExportGate.Parity(1e-7)));

        assertEquals(List.of("size", "latency", "parity"), refused(gates.judge(evidence(strong, weak))));
        assertEquals(
                "99 of 100 calls with one row take at most 81 µs (1000 calls), at most 80 µs allowed",
                gates.judge(evidence(strong, weak)).verdicts().get(1).reason());
        Evidence none = new Evidence(new ScoredRows(labels, strong), null, null, null, null);
        assertEquals(List.of("size", "latency", "parity"), refused(gates.judge(none)));
    }

    @Test
    void aDifferenceThatIsNoNumberIsNoParity() {
        Evidence.Export broken = new Evidence.Export(1, 1, Duration.ZERO, 1_000, Double.NaN);

        assertInstanceOf(Verdict.Refused.class, new ExportGate.Parity(1e-5).judge(broken));
    }

    @Test
    void numbersAreComparedByTheirLoss() {
        double[] truth = new SplittableRandom(1).doubles(300).toArray();
        double[] near = Arrays.stream(truth).map(value -> value + 0.01).toArray();
        double[] far = Arrays.stream(truth).map(value -> value + 0.5).toArray();
        ChampionGate.Loss gate = new ChampionGate.Loss(0, BOOTSTRAP);

        assertInstanceOf(Verdict.Passed.class, gate.judge(numbers(truth, near, far)));
        assertInstanceOf(Verdict.Refused.class, gate.judge(numbers(truth, far, near)));
        assertInstanceOf(Verdict.Refused.class, AREA.judge(numbers(truth, near, far)), "numbers have no AUC");
    }

    private static Evidence numbers(double[] truth, double[] challenger, double[] champion) {
        return new Evidence(
                new PredictedRows(truth, challenger, null), new PredictedRows(truth, champion, null), null, null, null);
    }

    @Test
    void aPolicyIsJudgedByItsGainAndRefusedWhereTheLogTellsTooLittle() {
        SplittableRandom random = new SplittableRandom(5);
        double[] rewards = new double[ROWS];
        double[] half = new double[ROWS];
        double[] better = new double[ROWS];
        double[] worse = new double[ROWS];
        for (int round = 0; round < ROWS; round++) {
            boolean second = random.nextBoolean();
            rewards[round] = random.nextDouble() < (second ? 0.3 : 0.1) ? 1 : 0;
            half[round] = 0.5;
            better[round] = second ? 0.8 : 0.2;
            worse[round] = second ? 0.2 : 0.8;
        }
        OffPolicyGain gate = new OffPolicyGain(0);
        OffPolicyEvaluation evaluation = OffPolicyEvaluation.standard();

        assertInstanceOf(
                Verdict.Passed.class,
                gate.judge(logged(evaluation.evaluate(new LoggedRounds(rewards, half, better, null)))));
        assertInstanceOf(
                Verdict.Refused.class,
                gate.judge(logged(evaluation.evaluate(new LoggedRounds(rewards, half, worse, null)))));
        Verdict little = gate.judge(logged(
                new OffPolicyEvaluation(100_000, 10, 0.95).evaluate(new LoggedRounds(rewards, half, better, null))));
        assertTrue(assertInstanceOf(Verdict.Refused.class, little).reason().contains("at least 100000"));
        assertInstanceOf(Verdict.Refused.class, gate.judge(logged(null)));
    }

    private Evidence logged(OffPolicyResult result) {
        return new Evidence(new ScoredRows(labels, strong), null, null, null, result);
    }

    @Test
    void aJudgementIsJsonThatCanBeReadAgain() {
        Judgement judgement = ALL.judge(evidence(weak, strong));

        String json = Json.write(judgement);

        assertEquals(judgement, Json.read(json, Judgement.class));
        assertTrue(json.contains("\"verdict\":\"refused\""));
        assertFalse(judgement.accepted());
    }

    @Test
    void marginsAndEvidenceThatCannotBeMeantAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ChampionGate.Area(-0.01, 0.95));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Evidence(
                        new ScoredRows(labels, strong),
                        new ScoredRows(new boolean[1], new double[1]),
                        null,
                        null,
                        null));
    }
}
