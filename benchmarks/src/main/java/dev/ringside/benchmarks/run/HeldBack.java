package dev.ringside.benchmarks.run;

import dev.ringside.benchmarks.data.Traffic;
import dev.ringside.benchmarks.run.Ending.How;
import dev.ringside.benchmarks.scenario.Holdback;
import dev.ringside.benchmarks.scenario.Market;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Split;
import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.experiments.decision.Decision;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.Evidence.KpiCohorts;
import dev.ringside.experiments.decision.Policy;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.decision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of the old champion behind a promotion in one market, looked at for harm whenever a KPI closes a cohort. Units
 * are exposed anew: those that keep the old champion, against those that had the challenger before.
 */
final class HeldBack {
    private final Scenario scenario;
    private final Scenario behind;
    private final Market market;

    /** @param day the first whole day after the promotion */
    HeldBack(Scenario scenario, Holdback holdback, Market market, int day) {
        this.scenario = scenario;
        double challenger = scenario.splits().get(scenario.split(day)).challengerShare();
        double both = holdback.share() + challenger;
        Traffic all = market.traffic();
        this.market = new Market(
                market.segment(), new Traffic(all.first() * both, all.peak(), all.growth()), 0, market.sources());
        this.behind = new Scenario(
                scenario.name(),
                scenario.about(),
                scenario.kpis(),
                false,
                List.of(this.market),
                List.of(new Split(0, millionths(holdback.share()), millionths(challenger))),
                day,
                day + holdback.days(),
                scenario.effects(),
                scenario.promises(),
                scenario.randomness());
    }

    private static int millionths(double share) {
        return (int) StrictMath.round(share * RoutingRow.ALL);
    }

    /** The roll-back, by the number of days that had closed behind the promotion; empty if it stays. */
    Optional<Ending> play(Design design, double effect, long seed) {
        var books = new Books(behind, market, effect, seed);
        for (Instant at : Trial.closings(behind)) {
            books.passTo(at);
            Decision decision = Policy.decide(design, evidence(books, at));
            if (decision.verdict() instanceof Verdict.RollBack) {
                int day = books.cohorts(scenario.primaryIndex()).size();
                return Optional.of(new Ending(How.UNDONE, day, decision.kpis().get(scenario.primaryIndex())));
            }
        }
        return Optional.empty();
    }

    private Evidence evidence(Books books, Instant at) {
        var cohorts = new ArrayList<KpiCohorts>();
        for (int kpi = 0; kpi < behind.kpis().size(); kpi++) {
            cohorts.add(new KpiCohorts(behind.kpis().get(kpi).name(), books.cohorts(kpi)));
        }
        return new Evidence(
                behind.name(),
                new Scope.Holdback(market.segment()),
                Books.begin(behind.firstDay()),
                at,
                null,
                null,
                false,
                books.strata(),
                cohorts,
                List.of());
    }
}
