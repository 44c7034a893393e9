package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.run.Ending.How;
import dev.ringside.benchmarks.scenario.Holdback;
import dev.ringside.benchmarks.scenario.Market;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.experiments.decision.Decision;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Evidence.Cohort;
import dev.ringside.experiments.decision.Evidence.KpiCohorts;
import dev.ringside.experiments.decision.Evidence.Stratum;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.decision.Multiplicity;
import dev.ringside.experiments.decision.Policy;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.decision.Verdict;
import dev.ringside.experiments.look.LookCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One experiment from its start to its last ending. It is looked at whenever a KPI that decides closes a cohort: each
 * running region for harm and gate, and for promotion where the primary KPI has closed a week; a wave for promotion then,
 * which comes to every region of it that is still running.
 */
final class Trial {
    private final Scenario scenario;
    private final double effect;
    private final Design design;
    private final LookCalendar calendar;
    private final List<Region> regions = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();
    private List<KpiHistory> waveHistory = List.of();

    private Trial(Scenario scenario, double effect, long seed) {
        this.scenario = scenario;
        this.effect = effect;
        Duration duration = Duration.ofDays(scenario.days() - scenario.firstDay());
        this.design = Design.of(
                scenario.kpis(),
                scenario.wave()
                        ? Multiplicity.wave(scenario.markets().size())
                        : Multiplicity.each(scenario.markets().size()),
                duration,
                Books.CONTROL,
                Books.CHALLENGER);
        this.calendar = new LookCalendar(Books.begin(scenario.firstDay()), Duration.ofDays(1), duration);
        for (int i = 0; i < scenario.markets().size(); i++) {
            Market market = scenario.markets().get(i);
            long own = Seeds.mix(seed, i);
            regions.add(new Region(market, own, new Books(scenario, market, effect, own)));
        }
    }

    /** Plays it, and says how each region ended, and the wave if there is one. */
    static List<Ending> play(Scenario scenario, double effect, long seed) {
        return new Trial(scenario, effect, seed).play();
    }

    private static final class Region {
        private final Market market;
        private final long seed;
        private final Books books;
        private List<KpiHistory> history = List.of();
        private boolean running = true;

        Region(Market market, long seed, Books books) {
            this.market = market;
            this.seed = seed;
            this.books = books;
        }
    }

    private List<Ending> play() {
        for (Instant at : closings(scenario)) {
            List<Region> running =
                    regions.stream().filter(region -> region.running).toList();
            if (running.isEmpty()) {
                break;
            }
            Integer closed = primaryClosing(at);
            int day = closedBy(at);
            for (Region region : running) {
                region.books.passTo(at);
                lookAt(region, at, closed, day);
            }
            if (scenario.wave() && closed != null && regions.stream().anyMatch(region -> region.running)) {
                lookAtWave(at, closed, day);
            }
        }
        if (regions.stream().anyMatch(region -> region.running)) {
            throw new IllegalStateException(scenario.name() + ": a region went on after its last look");
        }
        return endings;
    }

    /** When a KPI that decides closes a cohort, in order. */
    static Set<Instant> closings(Scenario scenario) {
        var closings = new TreeSet<Instant>();
        for (KpiDefinition kpi : scenario.kpis()) {
            for (int day = scenario.firstDay(); day < scenario.days() && kpi.role() != Role.MONITOR; day++) {
                closings.add(EpochDefinition.closes(kpi, Books.begin(day)));
            }
        }
        return closings;
    }

    /** The day whose cohort of the primary KPI closes just then. */
    private @Nullable Integer primaryClosing(Instant at) {
        int day = closedBy(at) - 1 + scenario.firstDay();
        return day >= scenario.firstDay()
                        && EpochDefinition.closes(scenario.primary(), Books.begin(day))
                                .equals(at)
                ? day
                : null;
    }

    /** How many days of the primary KPI have closed by then. */
    private int closedBy(Instant at) {
        int day = scenario.firstDay();
        while (day < scenario.days()
                && !EpochDefinition.closes(scenario.primary(), Books.begin(day)).isAfter(at)) {
            day++;
        }
        return day - scenario.firstDay();
    }

    private void lookAt(Region region, Instant at, @Nullable Integer closed, int day) {
        Evidence evidence =
                evidence(new Scope.Region(region.market.segment()), List.of(region.books), at, closed, region.history);
        Decision decision = Policy.decide(design, evidence);
        region.history = decision.historyAfter(evidence);
        How how = ending(decision.verdict());
        // A region of a wave goes on until the wave is decided.
        if (how != null && !(scenario.wave() && how == How.INCONCLUSIVE)) {
            region.running = false;
            endings.add(new Ending(how, day, primary(decision)));
            if (how == How.PROMOTED) {
                heldBack(region, at);
            }
        }
    }

    /** What happens behind a promotion. */
    private void heldBack(Region region, Instant at) {
        Holdback holdback = scenario.holdback();
        if (holdback != null) {
            new HeldBack(scenario, holdback, region.market, Books.dayAfter(at))
                    .play(design, effect, region.seed)
                    .ifPresent(endings::add);
        }
    }

    private void lookAtWave(Instant at, int closed, int day) {
        List<Books> books = regions.stream().map(region -> region.books).toList();
        var scope = new Scope.Wave(
                1, scenario.markets().stream().map(Market::segment).toList());
        Evidence evidence = evidence(scope, books, at, closed, waveHistory);
        if (evidence.week() == null && !evidence.last()) {
            return;
        }
        Decision decision = Policy.decide(design, evidence);
        waveHistory = decision.historyAfter(evidence);
        How how = ending(decision.verdict());
        if (how != null) {
            regions.forEach(region -> region.running = false);
            endings.add(new Ending(how, day, primary(decision)));
        }
    }

    private Evidence evidence(
            Scope scope, List<Books> books, Instant at, @Nullable Integer closed, List<KpiHistory> history) {
        Instant cohort = closed == null ? null : Books.begin(closed);
        List<Stratum> strata =
                books.stream().flatMap(book -> book.strata().stream()).toList();
        List<KpiCohorts> cohorts = new ArrayList<>();
        for (int kpi = 0; kpi < scenario.kpis().size(); kpi++) {
            List<Cohort> closedCohorts = new ArrayList<>();
            for (Books book : books) {
                closedCohorts.addAll(book.cohorts(kpi));
            }
            cohorts.add(new KpiCohorts(scenario.kpis().get(kpi).name(), closedCohorts));
        }
        return new Evidence(
                scenario.name(),
                scope,
                calendar.startedAt(),
                at,
                cohort,
                cohort == null ? null : calendar.week(cohort),
                cohort != null && calendar.last(cohort),
                strata,
                cohorts,
                history);
    }

    private KpiResult primary(Decision decision) {
        return decision.kpis().get(scenario.primaryIndex());
    }

    private static @Nullable How ending(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Promote _ -> How.PROMOTED;
            case Verdict.RollBack _ -> How.ROLLED_BACK;
            case Verdict.Inconclusive _ -> How.INCONCLUSIVE;
            case Verdict.Pause _ -> How.PAUSED;
            case Verdict.Continue _, Verdict.Blocked _ -> null;
        };
    }
}
