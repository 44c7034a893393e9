package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attribution of one partition: takes in its events in the order of their offsets and says, at each mark that moves
 * the horizon, what every open or just closed cell and arm amounts to.
 *
 * <p>Three ideas carry it. A unit keeps facts, not results: its least prediction of each arm, and all its outcomes until
 * they are final. What it adds to the sums is a function of those facts ({@link Shares}), so a new fact takes back the
 * old shares and adds the new, and the order of facts cannot show. And what closes, closes by times alone: whatever a
 * closed cell was made of lies before its closing time, and by the writers' promises stands in the log before the mark
 * that closes it ({@link Settlement}). An event that comes against its writer's promise is taken as of the horizon: it is
 * counted where nothing has closed yet, and is late where something has.
 *
 * <p>Not thread-safe. Nothing that it says depends on anything but the events, their order within a writer's promises,
 * and the definitions: a replay says the same.
 */
public final class Attribution {
    /** The topic whose events are attributed. */
    public static final String TOPIC = "unit-events";

    /** How often a unit is looked at of which nothing falls due any more, in event time. */
    private static final long REVIEW = 30 * Nanos.DAY;

    private final int partition;
    private final int unitOutcomes;
    private final EventRules eventRules;
    private final AttributionState state;
    private final Rules rules;
    private final Agenda agenda;
    private final Sums sums;
    private final Writers writers;
    private final Tallies tallies;
    private final Exposures exposures;
    private final Settlement settlement;

    /**
     * Takes up the attribution where the state left off.
     *
     * @param partition which partition of {@code unit-events}
     * @param partitions how many there are
     * @param state what was known at the last commit
     * @param definitions the definitions of all epochs
     * @param unitOutcomes how many outcomes of one unit are kept until they are final; more are refused. A replay needs
     *     the number that the aggregator ran with
     */
    public Attribution(
            int partition, int partitions, AttributionState state, Definitions definitions, int unitOutcomes) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "'partition': expected 0 to " + (partitions - 1) + ", found " + partition);
        }
        this.partition = partition;
        this.unitOutcomes = unitOutcomes;
        this.eventRules = new EventRules(partition, partitions);
        this.state = state;
        this.rules = new Rules(definitions);
        this.agenda = new Agenda(state.agenda());
        this.sums = new Sums(partition, state.sums(), agenda);
        this.writers = new Writers(state.sums());
        this.tallies = new Tallies(state.sums());
        this.exposures = new Exposures(rules, sums);
        this.settlement = new Settlement(rules, sums, exposures);
    }

    /**
     * Takes in the next event.
     *
     * @param offset its offset in the partition
     * @throws IllegalStateException if it needs a definition that does not come
     */
    public Emissions accept(UnitEvent event, long offset) {
        String broken = eventRules.broken(event);
        Emissions emissions = broken != null
                ? refuse(broken, event, offset)
                : switch (event) {
                    case Prediction prediction -> predicted(prediction, offset);
                    case Outcome outcome -> happened(outcome, offset);
                    case Mark mark -> marked(mark, offset);
                };
        tallies.save();
        return emissions;
    }

    private Emissions predicted(Prediction prediction, long offset) {
        if (writers.repeats(prediction)) {
            tallies.repeated();
            return Emissions.NONE;
        }
        Unit unit = unit(prediction.unitHash());
        if (!unit.isNamed(prediction.unit())) {
            return refuse("its unit '" + prediction.unit() + "' has the hash of another unit", prediction, offset);
        }
        tallies.prediction();
        unit.name(prediction.unit());
        Shares before = Shares.of(unit, rules);
        Integer epoch = prediction.epoch();
        String variant = prediction.variant();
        String experiment = prediction.experiment();
        if (experiment != null
                && epoch != null
                && variant != null
                && !rules.isOver(experiment, epoch, tallies.horizon())
                && rules.of(experiment, epoch).slot().equals(prediction.slot())) {
            var track = Track.of(prediction, epoch, variant);
            exposures.accept(unit, prediction, experiment, track, tallies.horizon());
        } else {
            unit.sightings(unit.sightings().plus(Nanos.of(prediction.time())));
        }
        changed(unit, before);
        return Emissions.NONE;
    }

    private Emissions happened(Outcome outcome, long offset) {
        Unit unit = unit(outcome.unitHash());
        String name = outcome.unit();
        if (name != null && !unit.isNamed(name)) {
            tallies.outcome(OutcomeClass.UNMATCHED);
            return Emissions.refused(letter("its unit has the hash of another unit", outcome, offset));
        }
        if (unit.pending() >= unitOutcomes) {
            return refuse(
                    "its unit has " + unit.pending() + " outcomes that are not final, as many as are kept"
                            + " (ringside.metrics.unit-outcomes); is it a unit?",
                    outcome,
                    offset);
        }
        tallies.outcome(OutcomeClass.PENDING);
        Shares before = Shares.of(unit, rules);
        unit.add(OutcomeFact.of(outcome, tallies.horizon()));
        changed(unit, before);
        return Emissions.NONE;
    }

    /** What is known of a unit, but of experiments that are over: of those nothing changes any more. */
    private Unit unit(long hash) {
        Unit unit = Unit.read(hash, state.units());
        unit.letGo(enrolment -> rules.isOver(enrolment, tallies.horizon()));
        return unit;
    }

    private void changed(Unit unit, Shares before) {
        long horizon = tallies.horizon();
        Shares.of(unit, rules).replace(before, sums, horizon, horizon);
        keep(unit);
    }

    /** Forgets what no question can need, has the unit on the agenda in time, and writes it. */
    private void keep(Unit unit) {
        long horizon = tallies.horizon();
        boolean knownForGood = unit.enrolments().stream().anyMatch(e -> e.exposure() < horizon);
        unit.sightings(knownForGood ? Sightings.NONE : unit.sightings().after(horizon));
        long due = settlement.due(unit);
        if (due == Nanos.NO_END && !unit.enrolments().isEmpty() && horizon != Nanos.NEVER) {
            // Nothing of it falls due, and still it must leave when its experiments are over.
            due = horizon + REVIEW;
        }
        if (due < unit.scheduled()) {
            agenda.unit(due, unit.hash());
            unit.schedule(due);
        }
        unit.write();
    }

    private Emissions marked(Mark mark, long offset) {
        writers.accept(mark);
        long horizon = writers.horizon();
        if (horizon <= tallies.horizon()) {
            return Emissions.NONE;
        }
        tallies.horizon(horizon);
        rules.over(horizon, sums::letGo);
        var late = new ArrayList<Outcome>();
        var unmatched = new ArrayList<DeadLetter>();
        agenda.takeUnits(horizon, (due, hash) -> settle(due, hash, late, unmatched));
        List<KpiMessage> messages = new ArrayList<>();
        sums.collect(horizon, messages);
        messages.add(new KpiMessage.Snapshot(
                partition, Nanos.instant(horizon), offset, writers.describe(), tallies.totals()));
        return new Emissions(messages, late, unmatched);
    }

    private void settle(long due, long hash, List<Outcome> late, List<DeadLetter> unmatched) {
        Unit unit = unit(hash);
        if (unit.scheduled() != due) {
            return;
        }
        unit.schedule(Nanos.NO_END);
        settlement.settle(unit, tallies.horizon(), (fact, as) -> {
            tallies.settled(as);
            if (as == OutcomeClass.LATE) {
                late.add(fact.outcome(hash));
            } else if (as == OutcomeClass.UNMATCHED) {
                unmatched.add(
                        letter("no prediction of its unit came within 24 h of its receipt", fact.outcome(hash), null));
            }
        });
        keep(unit);
    }

    private Emissions refuse(String reason, UnitEvent event, long offset) {
        tallies.refused();
        return Emissions.refused(letter(reason, event, offset));
    }

    private DeadLetter letter(String reason, UnitEvent event, @Nullable Long offset) {
        return DeadLetter.of(reason, TOPIC, partition, offset, event);
    }
}
