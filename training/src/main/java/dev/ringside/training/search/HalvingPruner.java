package dev.ringside.training.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Successive halving without waiting (Li et al. 2020, ASHA, in its stopping form) in the brackets of Hyperband (Li et
 * al. 2018). A bracket s has rungs at the steps {@code least · factor^(s + k)} up to {@code most}; at a rung only the
 * best 1/{@code factor} of the bracket's trials that came as far go on, at least one. The earlier a bracket stops trials,
 * the more trials it gets, so that each uses about as many steps.
 *
 * @param least the first step at which a trial can be stopped
 * @param most steps of a whole trial
 * @param factor one in how many goes on
 * @param brackets how many there are; 1 for successive halving alone
 */
record HalvingPruner(int least, int most, int factor, int brackets) implements Pruner {
    /** Hyperband: as many brackets as there are rungs, so that in the last every trial runs to its end. */
    static HalvingPruner hyperband(int least, int most, int factor) {
        int brackets = 1;
        for (long step = (long) least * factor; step <= most; step *= factor) {
            brackets++;
        }
        return new HalvingPruner(least, most, factor, brackets);
    }

    static HalvingPruner halving(int least, int most, int factor) {
        return new HalvingPruner(least, most, factor, 1);
    }

    @Override
    public boolean prunes(TrialRecord trial, History history) {
        TrialRecord.Report newest = trial.reports().getLast();
        int bracket = bracket(trial.number());
        for (int rung : rungs(bracket)) {
            boolean reachedNow = trial.reportFrom(rung).filter(newest::equals).isPresent();
            if (reachedNow && !among(rung, bracket, newest.value(), history)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value is among the best of its rung. */
    private boolean among(int rung, int bracket, double value, History history) {
        double loss = history.direction().loss(value);
        double[] losses = history.trials().stream()
                .filter(trial -> bracket(trial.number()) == bracket)
                .flatMap(trial -> trial.reportFrom(rung).stream())
                .mapToDouble(report -> history.direction().loss(report.value()))
                .toArray();
        long better = Arrays.stream(losses).filter(other -> other < loss).count();
        return better < Math.max(1, (losses.length + 1) / factor);
    }

    /** The steps at which a bracket's trials are compared; a whole trial's end is none. */
    List<Integer> rungs(int bracket) {
        List<Integer> rungs = new ArrayList<>();
        double step = least * Math.pow(factor, bracket);
        for (; step < most; step *= factor) {
            rungs.add((int) step);
        }
        return rungs;
    }

    /**
     * The bracket of a trial. Of B brackets, bracket s, whose first rung is at {@code least · factor^s}, gets a share in
     * proportion to ⌈B · factor^(B − 1 − s) / (B − s)⌉ (Li et al. 2018, algorithm 1); the trials are dealt out in turn so
     * that the shares hold early.
     */
    int bracket(int trial) {
        long[] shares = new long[brackets];
        long sum = 0;
        for (int s = 0; s < brackets; s++) {
            int rounds = brackets - 1 - s;
            shares[s] = (long) Math.ceil(brackets * Math.pow(factor, rounds) / (rounds + 1));
            sum += shares[s];
        }
        long[] credit = new long[brackets];
        int chosen = 0;
        for (long i = 0; i <= trial % sum; i++) { // smooth weighted round robin
            chosen = 0;
            for (int s = 0; s < brackets; s++) {
                credit[s] += shares[s];
                chosen = credit[s] > credit[chosen] ? s : chosen;
            }
            credit[chosen] -= sum;
        }
        return chosen;
    }
}
