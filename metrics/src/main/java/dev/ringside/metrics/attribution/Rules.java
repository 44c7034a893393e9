package dev.ringside.metrics.attribution;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

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

    /** Whether nothing is asked any more of an epoch when the horizon is there. */
    boolean isOver(String experiment, int epoch, long horizon) {
        return epoch <= definitions.over(experiment, horizon);
    }

    /** Whether an enrolment can be let go of: it is settled, and nothing is asked of its epoch any more. */
    boolean isOver(Enrolment enrolment, long horizon) {
        return enrolment instanceof Enrolment.Settled && isOver(enrolment.experiment(), enrolment.epoch(), horizon);
    }

    /** Hears of each experiment that has ended, and of its last epoch of which nothing is asked any more. */
    void over(long horizon, ObjIntConsumer<String> experimentAndEpoch) {
        for (String experiment : definitions.ended()) {
            experimentAndEpoch.accept(experiment, definitions.over(experiment, horizon));
        }
    }

    /** When everything about a unit in an experiment is settled. */
    long settled(Enrolment enrolment) {
        return of(enrolment).settled(enrolment.exposure());
    }
}
