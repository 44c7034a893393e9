package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction within an experiment makes of its unit.
 *
 * <p>A prediction is a late exposure if its time lies after its unit's settlement, or if it would be the unit's first
 * exposure and comes, against its router's promise, when a cell that it belongs to has closed. The first is decided by
 * times alone; while the unit's first exposure may still change, predictions that may turn out so are kept ahead. Among
 * the exposures of a cohort one that comes against its router's promise is late already when the cohort of its own time
 * is complete, and is counted as of the horizon.
 */
final class Exposures {
    private static final ArmCounts LATE = new ArmCounts(0, 0, 0, 0, 1, 0, 0);
    private static final ExposureCounts EXPOSED_LATE = new ExposureCounts(0, 0, 0, 1, 0, 0);

    private final Rules rules;
    private final Sums sums;

    Exposures(Rules rules, Sums sums) {
        this.rules = rules;
        this.sums = sums;
    }

    /** Adds a prediction of that experiment, epoch and variant to what is known of its unit. */
    void accept(Unit unit, Prediction prediction, String experiment, Track track, long horizon) {
        switch (unit.enrolment(experiment)) {
            case Enrolment.Settled settled -> {
                if (settled.epoch() == track.epoch()) {
                    late(settled, track.time(), horizon);
                }
            }
            case Enrolment.Open open -> accept(unit, open, Enrolment.Open.of(experiment, track), horizon);
            case null -> accept(unit, null, Enrolment.Open.of(experiment, track), horizon);
        }
    }

    private void accept(Unit unit, Enrolment.@Nullable Open known, Enrolment.Open alone, long horizon) {
        Track track = alone.first();
        EpochRules epoch = rules.of(alone);
        boolean leads = known == null || track.before(known.first());
        if (leads && track.time() < horizon && epoch.firstClose(track.time()) <= horizon) {
            late(alone, track.time(), horizon);
            if (known == null) {
                unit.enrol(new Enrolment.Settled(
                        alone.experiment(), track.epoch(), track.segment(), track.variant(), track.time(), false));
            }
            return;
        }
        Enrolment.Open open = known == null ? alone : known.plus(track);
        if (open.exposure() < horizon) {
            if (open.epoch() == track.epoch()) {
                if (track.time() >= rules.settled(open)) {
                    late(open, track.time(), horizon);
                } else if (epoch.span(epoch.cohort(track.time())).ends() <= horizon) {
                    exposedLate(open, horizon, horizon);
                }
            }
        } else if (horizon == Nanos.NEVER || track.time() >= epoch.settled(horizon)) {
            open = open.plus(new Enrolment.Ahead(track.epoch(), track.time()));
        }
        unit.enrol(open);
    }

    /** Settles a unit in an experiment: from now on it is as it is. */
    void settle(Unit unit, Enrolment.Open open, long horizon) {
        long settled = rules.settled(open);
        for (Enrolment.Ahead prediction : open.ahead()) {
            if (prediction.epoch() == open.epoch() && prediction.time() >= settled) {
                counted(open, horizon);
                exposedLate(open, prediction.time(), horizon);
            }
        }
        unit.enrol(open.settle());
    }

    /** Counts a prediction that comes now, too late for an arm. */
    private void late(Enrolment enrolment, long time, long horizon) {
        counted(enrolment, horizon);
        exposedLate(enrolment, Math.max(time, horizon), horizon);
    }

    /** With the units of its first exposure's cohort. */
    private void counted(Enrolment enrolment, long horizon) {
        EpochRules epoch = rules.of(enrolment);
        long cohort = epoch.cohort(enrolment.exposure());
        sums.plus(Shares.arm(enrolment, cohort), epoch.span(cohort), LATE, horizon);
    }

    /** With the exposures of its own time, which no horizon has passed. */
    private void exposedLate(Enrolment enrolment, long time, long horizon) {
        EpochRules epoch = rules.of(enrolment);
        long cohort = epoch.cohort(time);
        sums.plus(Shares.arm(enrolment, cohort), epoch.span(cohort), EXPOSED_LATE, horizon);
    }
}
