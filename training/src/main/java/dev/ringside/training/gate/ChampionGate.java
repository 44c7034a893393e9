package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.AucDifference;
import dev.ringside.training.evaluation.Bootstrap;
import dev.ringside.training.evaluation.Estimate;
import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.evaluation.RowLosses;
import dev.ringside.training.evaluation.ScoredRows;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks that the challenger is no worse than the champion on the same rows by more than a margin: the lower end of the
 * paired difference's interval lies above −margin. With margin 0 it must be better.
 */
public sealed interface ChampionGate extends Gate {
    /** How much worse than the champion is let through, from 0, in the metric's units. */
    double margin();

    /** What is compared, in words. */
    String metric();

    /** How much better the challenger is, with its interval; empty where the rows do not show it. */
    Optional<Estimate> gain(Judged challenger, Judged champion);

    /** What the rows must have for {@link #gain} to be defined, in words. */
    String needed();

    @Override
    default Verdict judge(Evidence evidence) {
        Judged champion = evidence.champion();
        if (champion == null) {
            return new Verdict.Passed(name(), "there is no champion to compare with", Map.of());
        }
        Estimate gain = gain(evidence.challenger(), champion).orElse(Estimate.of(Double.NaN));
        if (gain.low() == null || gain.high() == null) {
            return new Verdict.Refused(
                    name(),
                    "no comparison of " + metric() + " with the champion: expected " + needed() + " among "
                            + evidence.challenger().size() + " rows",
                    Map.of());
        }
        boolean passed = gain.low() > -margin();
        return Verdict.of(
                passed,
                name(),
                String.format(
                        Locale.ROOT,
                        "%s on %d rows: better than the champion's by %+.4f [%+.4f, %+.4f]; the interval %s above"
                                + " %+.4f",
                        metric(),
                        evidence.challenger().size(),
                        gain.value(),
                        gain.low(),
                        gain.high(),
                        passed ? "lies" : "does not lie",
                        0 - margin()),
                Map.of("gain", gain.value(), "low", gain.low(), "high", gain.high(), "margin", margin()));
    }

    /**
     * By the area under the ROC curve (DeLong's paired difference).
     *
     * @param margin from 0
     * @param level of the interval, such as .95
     */
    record Area(double margin, double level) implements ChampionGate {
        /** Below this many rows of a class the difference is not nearly normal. */
        private static final int LEAST = 30;

        public Area {
            Margins.require(margin);
        }

        @Override
        public String name() {
            return "champion_auc";
        }

        @Override
        public String metric() {
            return "AUC";
        }

        @Override
        public String needed() {
            return LEAST + " positives and " + LEAST + " negatives or more";
        }

        @Override
        public Optional<Estimate> gain(Judged challenger, Judged champion) {
            if (!(challenger instanceof ScoredRows scored) || !(champion instanceof ScoredRows against)) {
                return Optional.empty();
            }
            return Auc.of(scored)
                    .filter(area -> area.positives() >= LEAST && area.negatives() >= LEAST)
                    .flatMap(area -> Auc.of(against)
                            .map(other ->
                                    AucDifference.between(area, other, level).estimate()));
        }
    }

    /**
     * By a pay-off (paired bootstrap).
     *
     * @param payOff what acting on a score is worth
     * @param margin from 0, in the pay-off's units a row
     * @param bootstrap seed, resamples and level of the interval
     */
    record Worth(PayOff payOff, double margin, Bootstrap bootstrap) implements ChampionGate {
        public Worth {
            Margins.require(margin);
        }

        @Override
        public String name() {
            return "champion_" + payOff.name();
        }

        @Override
        public String metric() {
            return payOff.name();
        }

        @Override
        public String needed() {
            return "a yes or no";
        }

        @Override
        public Optional<Estimate> gain(Judged challenger, Judged champion) {
            return challenger instanceof ScoredRows scored
                            && champion instanceof ScoredRows against
                            && scored.size() > 0
                    ? Optional.of(bootstrap.difference(scored, payOff.values(scored), payOff.values(against)))
                    : Optional.empty();
        }
    }

    /**
     * By the mean loss that a learner makes small, for any task (paired bootstrap).
     *
     * @param margin from 0, in the loss's units
     * @param bootstrap seed, resamples and level of the interval
     */
    record Loss(double margin, Bootstrap bootstrap) implements ChampionGate {
        public Loss {
            Margins.require(margin);
        }

        @Override
        public String name() {
            return "champion_loss";
        }

        @Override
        public String metric() {
            return "mean loss";
        }

        @Override
        public String needed() {
            return "some rows";
        }

        @Override
        public Optional<Estimate> gain(Judged challenger, Judged champion) {
            return challenger.size() == 0
                    ? Optional.empty()
                    : Optional.of(bootstrap.difference(challenger, RowLosses.of(champion), RowLosses.of(challenger)));
        }
    }
}
