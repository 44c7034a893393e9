package dev.ringside.metrics.attribution;

import java.util.HashMap;
import java.util.Map;

/** The rules of every epoch that this partition has met. */
final class Rules {
    private final Definitions definitions;
    private final Map<String, Map<Integer, EpochRules>> known = new HashMap<>();

    Rules(Definitions definitions) {
        this.definitions = definitions;
    }

    /** The rules of an epoch, once its definition is there. */
    EpochRules of(String experiment, int epoch) {
        return known.computeIfAbsent(experiment, e -> new HashMap<>())
                .computeIfAbsent(epoch, e -> new EpochRules(definitions.await(experiment, epoch)));
    }

    /** The rules of the epoch that a unit belongs to. */
    EpochRules of(Enrolment enrolment) {
        return of(enrolment.experiment(), enrolment.epoch());
    }

    /** When everything about a unit in an experiment is settled. */
    long settled(Enrolment enrolment) {
        return of(enrolment).settled(enrolment.exposure());
    }
}
