package dev.ringside.experiments.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Evidence of harm by counts (S1, S13), against exact enumeration and against formulas written another way. */
class RareEventsTest {
    private static final int[][] SIZES = {{1, 1}, {2, 3}, {5, 2}, {1, 9}, {9, 1}, {6, 6}};
    private static final double[] RATES = {0, 0.01, 0.05, 0.2, 0.4, 0.5, 0.7, 0.9, 0.99, 1};

    private static double binomial(int n, int x, double p) {
        double choose = 1;
        for (int i = 0; i < x; i++) {
            choose = choose * (n - i) / (i + 1);
        }
        return choose * StrictMath.pow(p, x) * StrictMath.pow(1 - p, n - x);
    }

    /** Rates of both arms. */
    private record Rates(double control, double challenger) {
        Rates exchanged() {
            double other = control;
            return new Rates(challenger, other);
        }
    }

    /**
     * The exact mean of an e-value over all outcomes of two cohorts of unlike splits, at each pair of rates. Every outcome
     * is enumerated, so the only tolerance is that of doubles.
     */
    private static void fair(List<Rates> rates, ToDoubleFunction<List<Occurrence>> logEvidence) {
        for (int[] first : SIZES) {
            for (int[] second : SIZES) {
                double[] evidence = evidence(first, second, logEvidence);
                for (Rates each : rates) {
                    double mean = expectation(first, second, each, evidence);
                    assertTrue(
                            mean <= 1 + 1e-12,
                            () -> "mean " + mean + " at " + each + ", units "
                                    + List.of(first[0], first[1], second[0], second[1]));
                }
            }
        }
    }

    /** The e-value of each outcome, in the order in which an expectation takes them. */
    private static double[] evidence(int[] first, int[] second, ToDoubleFunction<List<Occurrence>> logEvidence) {
        double[] all = new double[(first[0] + 1) * (first[1] + 1) * (second[0] + 1) * (second[1] + 1)];
        int at = 0;
        for (int a = 0; a <= first[0]; a++) {
            for (int b = 0; b <= first[1]; b++) {
                for (int c = 0; c <= second[0]; c++) {
                    for (int d = 0; d <= second[1]; d++) {
                        all[at++] = StrictMath.exp(logEvidence.applyAsDouble(List.of(
                                new Occurrence(first[0], first[1], a, b), new Occurrence(second[0], second[1], c, d))));
                    }
                }
            }
        }
        return all;
    }

    private static double expectation(int[] first, int[] second, Rates rates, double[] evidence) {
        double[] ones = probabilities(first, rates);
        double[] twos = probabilities(second, rates);
        double sum = 0;
        int at = 0;
        for (double one : ones) {
            for (double two : twos) {
                double probability = one * two;
                if (probability > 0) {
                    sum += probability * evidence[at];
                }
                at++;
            }
        }
        return sum;
    }

    private static double[] probabilities(int[] units, Rates rates) {
        double[] all = new double[(units[0] + 1) * (units[1] + 1)];
        int at = 0;
        for (int control = 0; control <= units[0]; control++) {
            for (int challenger = 0; challenger <= units[1]; challenger++) {
                all[at++] = binomial(units[0], control, rates.control())
                        * binomial(units[1], challenger, rates.challenger());
            }
        }
        return all;
    }

    private static List<Rates> rates(UnaryOperator<Double> challenger) {
        return DoubleStream.of(RATES)
                .mapToObj(p -> new Rates(p, challenger.apply(p)))
                .filter(r -> r.challenger() >= 0)
                .toList();
    }

    private static List<Rates> exchanged(List<Rates> rates) {
        return rates.stream().map(Rates::exchanged).toList();
    }

    @Test
    void underTheNullTheMeanOfCountsEvidenceIsAtMostOneWhateverTheSplit() {
        List<Rates> notFewer = new ArrayList<>();
        for (double p0 : RATES) {
            for (double p1 : RATES) {
                if (p1 >= p0) {
                    notFewer.add(new Rates(p0, p1));
                }
            }
        }

        fair(notFewer, RareEvents::logFewer);
        fair(exchanged(notFewer), RareEvents::logMore);
        fair(
                notFewer,
                c -> RareEvents.logMean(
                        RareEvents.logFewer(c),
                        RareEvents.logMore(c.stream().map(Occurrence::others).toList())));
    }

    @Test
    void underHalfTheControlsRateTheMeanOfTheEvidenceForStillFewerIsAtMostOne() {
        fair(rates(p -> p / 2), RareEvents::logFewerThanHalf);
        fair(rates(p -> p), RareEvents::logFewerThanHalf);
        fair(exchanged(rates(p -> p / 2)), RareEvents::logMoreThanTwice);
    }

    @Test
    void atTheMarginTheMeanOfUniversalInferenceIsAtMostOne() {
        for (double margin : new double[] {0.01, 0.1, 0.3}) {
            List<Rates> atMargin = rates(p -> p - margin);
            fair(atMargin, c -> RareEvents.logFewerByMoreThan(margin, c));
            fair(
                    atMargin,
                    c -> RareEvents.logFewerByMoreThan(margin, List.of(c.get(0).plus(c.get(1)))));
            fair(rates(p -> p), c -> RareEvents.logFewerByMoreThan(margin, c));
        }
    }

    @Test
    void countsEvidenceIsItsFormulaWrittenOutInPowers() {
        double[] grid = {0, .01, .03, .06, .1, .17, .25, .35, .45, .55, .65, .75, .83, .9, .95};
        var cohorts = List.of(new Occurrence(90, 10, 9, 0), new Occurrence(40, 60, 7, 2), new Occurrence(5, 5, 0, 0));
        double fewer = 0;
        double half = 0;
        for (double r : grid) {
            double ratio = StrictMath.pow(r, 2);
            double toHalf = ratio;
            for (Occurrence c : cohorts) {
                double w = c.challengerUnits() / (double) (c.controlUnits() + c.challengerUnits());
                double m = c.control() + c.challenger();
                ratio /= StrictMath.pow(1 - w + w * r, m);
                toHalf *= StrictMath.pow((1 - w + w / 2) / (1 - w + w * r / 2), m);
            }
            fewer += ratio / 15;
            half += toHalf / 15;
        }
        assertEquals(fewer, StrictMath.exp(RareEvents.logFewer(cohorts)), 1e-12 * fewer);
        assertEquals(half, StrictMath.exp(RareEvents.logFewerThanHalf(cohorts)), 1e-12 * half);
        List<Occurrence> exchanged = cohorts.stream().map(Occurrence::exchanged).toList();
        assertEquals(RareEvents.logFewer(cohorts), RareEvents.logMore(exchanged));
        assertEquals(RareEvents.logFewerThanHalf(cohorts), RareEvents.logMoreThanTwice(exchanged));
    }

    @Test
    void universalInferenceIsPredictionUnitByUnitOverTheGreatestLikelihoodOfAFineGrid() {
        for (Occurrence counts : List.of(
                new Occurrence(50, 60, 30, 10),
                new Occurrence(50, 60, 30, 29),
                new Occurrence(40, 20, 40, 0),
                new Occurrence(30, 30, 3, 0),
                new Occurrence(0, 30, 0, 2),
                new Occurrence(200, 100, 199, 60))) {
            for (double margin : new double[] {0.02, 0.15}) {
                double log = predicted(counts.control(), counts.controlUnits())
                        + predicted(counts.challenger(), counts.challengerUnits())
                        - greatest(counts, margin);
                // The grid's own error: curvature times half a step squared.
                assertEquals(
                        log,
                        RareEvents.logFewerByMoreThan(margin, List.of(counts)),
                        2e-4,
                        counts + ", margin " + margin);
            }
        }
    }

    /** Each next unit is predicted by the rate so far, (x + ½) / (n + 1). */
    private static double predicted(long events, long units) {
        double log = 0;
        for (int unit = 0; unit < units; unit++) {
            log += unit < events
                    ? StrictMath.log((unit + 0.5) / (unit + 1))
                    : StrictMath.log((unit - events + 0.5) / (unit + 1));
        }
        return log;
    }

    private static double greatest(Occurrence counts, double margin) {
        int steps = 4_000;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            double p0 = i / (double) steps;
            double best = counts.challengerUnits() == 0 ? 0 : counts.challenger() / (double) counts.challengerUnits();
            double p1 = StrictMath.max(best, p0 - margin);
            greatest = StrictMath.max(
                    greatest,
                    log(counts.control(), counts.controlUnits(), p0)
                            + log(counts.challenger(), counts.challengerUnits(), p1));
        }
        return greatest;
    }

    private static double log(long events, long units, double p) {
        return (events == 0 ? 0 : events * StrictMath.log(p))
                + (events == units ? 0 : (units - events) * StrictMath.log(1 - p));
    }

    @Test
    void anArmThatLosesUnitsAlikeIsNoEvidence() {
        // Half of the challenger's units are lost; those that came behave as the control's.
        var cohorts = List.of(new Occurrence(10_000, 5_000, 500, 250), new Occurrence(10_000, 5_100, 510, 255));
        assertTrue(RareEvents.logFewer(cohorts) < 0, "fewer " + RareEvents.logFewer(cohorts));
        assertTrue(RareEvents.logMore(cohorts) < 0, "more " + RareEvents.logMore(cohorts));
    }

    @Test
    void meanOfTwoLogarithmsNeitherOverflowsNorVanishes() {
        assertEquals(StrictMath.log(0.8) + 900, RareEvents.logMean(0.8, 900, -700), 1e-12);
        assertEquals(StrictMath.log(0.2) + 900, RareEvents.logMean(0.8, -700, 900), 1e-12);
        assertEquals(0, RareEvents.logMean(0.8, 0, 0), 1e-15);
    }
}
