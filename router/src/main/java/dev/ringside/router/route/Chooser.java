package dev.ringside.router.route;

import dev.ringside.assignment.Assignment;
import dev.ringside.router.exposure.Exposures;
import dev.ringside.router.protection.BreakGlass;

/** Chooses the version for a unit: what protects the slot goes before what the experiment says. */
final class Chooser {
    private static final String BREAK_GLASS = "break_glass";
    private static final String SPOOL_FULL = "spool_full";

    private final BreakGlass breakGlass;
    private final Exposures exposures;
    private final Counters counters;

    Chooser(BreakGlass breakGlass, Exposures exposures, Counters counters) {
        this.breakGlass = breakGlass;
        this.exposures = exposures;
        this.counters = counters;
    }

    Choice choose(SlotRouting slot, String unit, String segment) {
        if (breakGlass.forces(slot.name(), segment)) {
            counters.breakGlass.increment();
            return Choice.outside(slot.requireChampion(segment), BREAK_GLASS);
        }
        if (exposures.full()) {
            return spoolFull(slot, segment);
        }
        return switch (slot.assign(unit, segment)) {
            case Assignment.Enrolled enrolled -> Choice.enrolled(enrolled.row(), enrolled.arm(), enrolled.propensity());
            case Assignment.NotCovered uncovered -> Choice.outside(slot.requireChampion(segment), "not_covered");
            case Assignment.NoRow none -> Choice.outside(slot.requireChampion(segment), "no_row");
            case Assignment.Overridden override -> Choice.outside(override.version(), "override");
        };
    }

    /** What everybody gets while the spool takes no more enrolled units. */
    Choice spoolFull(SlotRouting slot, String segment) {
        counters.spoolFull.increment();
        return Choice.outside(slot.requireChampion(segment), SPOOL_FULL);
    }
}
