package dev.ringside.experiments.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Multiplicity;
import dev.ringside.experiments.experiment.Experiments;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records that hold in themselves, digests and all, but are not the looks that were due. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookReplayPlaceTest {
    private static final Duration DAY = Duration.ofDays(1);
    /** An effect so small that four weeks do not decide. */
    private static final String DOCUMENT =
            Documents.experimentYaml("[[PDX]]").replace("minimum_effect: 0.02", "minimum_effect: 0.013");

    private World world;
    private KpiLedger ledger;
    private List<LookRecord> looks;
    /** The last look for promotion. */
    private LookRecord last;

    /** Four weeks, in another epoch from the fifth day on. */
    @BeforeAll
    void make() {
        world = World.replay();
        world.eta("PDX");
        world.put("better", DOCUMENT);
        world.start("better", null);
        for (int d = 0; d < 28; d++) {
            if (d == 5) {
                world.put(
                        "better",
                        DOCUMENT.replace("variant: champion", "variant: champion, weight: 2")
                                .replace("version: v2", "version: v2, weight: 2"));
            }
            world.day("better", d < 5 ? 1 : 2, "PDX", World.START.plus(DAY.multipliedBy(d)), 200, 203);
        }
        for (int d = 1; d <= 28; d++) {
            world.pass(World.START.plus(DAY.multipliedBy(d)));
        }
        looks = world.plane().store().read(tx -> LookStore.all(tx, "better", "PDX", 1)).stream()
                .map(Look::record)
                .toList();
        last = looks.stream()
                .filter(look -> look.evidence().week() != null)
                .reduce((first, second) -> second)
                .orElseThrow();
        ledger = new KpiLedger(2, new Changes());
        world.aggregator.feed(ledger::accept);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private LookReplay replay() {
        return new LookReplay(
                ledger, world.plane().store().read(Experiments::definitions), List.of(world.experiment("better")));
    }

    /** What is found in the last of the looks if it is changed, and sealed anew. */
    private List<String> found(UnaryOperator<Evidence> change) {
        return found(design(), change.apply(last.evidence()));
    }

    private Design design() {
        return ((LookRecord.Version2) last).design();
    }

    private List<String> found(Design design, Evidence evidence) {
        LookReplay replay = replay();
        looks.subList(0, looks.indexOf(last)).forEach(replay::problems);
        return replay.problems(
                LookRecord.of(design, evidence, last.offsets(), last.modelDigests(), last.softwareVersion()));
    }

    private static Evidence with(Evidence e, Instant cohort, Integer week, boolean last) {
        return new Evidence(
                e.experiment(),
                e.scope(),
                e.startedAt(),
                e.at(),
                cohort,
                week,
                last,
                e.strata(),
                e.cohorts(),
                e.history());
    }

    @Test
    void everyLookIsFoundAgain() {
        assertTrue(looks.size() > 24, () -> "only " + looks.size() + " looks");
        assertEquals(2, looks.getLast().evidence().strata().size());
        LookReplay replay = replay();
        for (LookRecord look : looks) {
            assertEquals(List.of(), replay.problems(look));
        }
    }

    @Test
    void aLookThatIsLeftOutIsMissed() {
        LookReplay replay = replay();
        replay.problems(looks.get(0));
        List<String> problems = replay.problems(looks.get(2));
        assertTrue(problems.getFirst().startsWith("'at': "), problems::toString);
        assertTrue(replay().problems(looks.get(1)).getFirst().startsWith("'at': "));
    }

    @Test
    void aWeekOrALastDayThatTheCalendarDoesNotKnowIsFound() {
        List<String> early = found(e -> with(e, e.cohort(), 7, e.last()));
        assertTrue(early.getFirst().startsWith("the log gives other evidence"), early::toString);
        List<String> over = found(e -> with(e, e.cohort(), e.week(), true));
        assertTrue(over.getFirst().startsWith("the log gives other evidence"), over::toString);
    }

    @Test
    void aLookBeforeThatWasForgottenIsFound() {
        List<String> problems = found(e -> new Evidence(
                e.experiment(),
                e.scope(),
                e.startedAt(),
                e.at(),
                e.cohort(),
                e.week(),
                e.last(),
                e.strata(),
                e.cohorts(),
                List.of()));
        assertTrue(problems.getFirst().startsWith("the log gives other evidence"), problems::toString);
    }

    @Test
    void aDesignThatTheExperimentDoesNotHaveIsFound() {
        Design design = design();
        List<String> problems = found(
                Design.of(
                        world.experiment("better").document().kpis(),
                        Multiplicity.each(2),
                        design.maxDuration(),
                        design.contrast().control(),
                        design.contrast().arm()),
                looks.getLast().evidence());
        assertTrue(problems.getFirst().startsWith("'design': "), problems::toString);
    }
}
