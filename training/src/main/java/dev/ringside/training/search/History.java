package dev.ringside.training.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trials so far, as a decision may see them.
 *
 * @param trials by number
 * @param direction which values are better
 */
record History(List<TrialRecord> trials, Direction direction) {
    History {
        trials = List.copyOf(trials);
    }

    double loss(TrialRecord finished) {
        return direction.loss(finished.value().orElseThrow());
    }

    /** Those that ended well, by number. */
    List<TrialRecord> finished() {
        return trials.stream().filter(trial -> trial.value().isPresent()).toList();
    }

    /** The best of those that ended well, the first of equals. */
    Optional<TrialRecord> best() {
        return finished().stream().min(Comparator.comparingDouble(this::loss));
    }

    /**
     * What trial {@code number} is decided from: the trials that surely have ended, and the others as running.
     *
     * @param lag how many trials before it may still run
     */
    History before(int number, int lag) {
        return new History(
                trials.stream()
                        .filter(trial -> trial.number() < number)
                        .map(trial -> trial.number() <= number - lag ? trial : trial.masked())
                        .toList(),
                direction);
    }

    /** Why the last one that failed did, as the end of a sentence; empty if none did. */
    String lastFailure() {
        for (TrialRecord trial : trials.reversed()) {
            if (trial.state() instanceof TrialRecord.State.Failed(String reason, double _)) {
                return "; trial " + trial.number() + ": " + reason;
            }
        }
        return "";
    }
}
