package dev.ringside.training.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What is known of a trial.
 *
 * @param number from 0
 * @param attempt how often it was started
 * @param seed the trial's own seed, out of the search's seed and the number
 * @param coordinates where it is in the search space
 * @param digest SHA-256 of its document
 * @param reports what it reported, by step
 * @param state how far it is
 */
record TrialRecord(
        int number,
        int attempt,
        long seed,
        Map<String, Double> coordinates,
        String digest,
        List<Report> reports,
        State state) {
    TrialRecord {
        coordinates = Collections.unmodifiableMap(new TreeMap<>(coordinates));
        reports = List.copyOf(reports);
    }

    /**
     * A value on the way.
     *
     * @param step such as an epoch, ascending
     * @param value of the metric
     */
    record Report(int step, double value) {}

    /** How far a trial is. */
    sealed interface State {
        /** It was started, and nothing says how it ended. */
        record Running() implements State {}

        /** It ended well. */
        record Finished(Measured measured, double seconds) implements State {}

        /** It was stopped, as it was worse than others. */
        record Pruned(int step, double value, double seconds) implements State {}

        /** It ended without a value. */
        record Failed(String reason, double seconds) implements State {}
    }

    boolean running() {
        return state instanceof State.Running;
    }

    /** Its value, if it ended well. */
    OptionalDouble value() {
        return state instanceof State.Finished finished
                ? OptionalDouble.of(finished.measured().value())
                : OptionalDouble.empty();
    }

    /** The first value that it reported at a step or later. */
    Optional<Report> reportFrom(int step) {
        return reports.stream().filter(report -> report.step() >= step).findFirst();
    }

    /** The same trial as those see it who may not know how it ends. */
    TrialRecord masked() {
        return new TrialRecord(number, attempt, seed, coordinates, digest, List.of(), new State.Running());
    }

    TrialRecord with(State next) {
        return new TrialRecord(number, attempt, seed, coordinates, digest, reports, next);
    }

    TrialRecord with(Report report) {
        List<Report> more = new ArrayList<>(reports);
        more.add(report);
        return new TrialRecord(number, attempt, seed, coordinates, digest, more, state);
    }
}
