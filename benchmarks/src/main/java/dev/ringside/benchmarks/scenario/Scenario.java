package dev.ringside.benchmarks.scenario;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A situation in which the policy is tried: an experiment's plan and the world that it meets.
 *
 * @param name in lower case with hyphens; its hash is part of the seed
 * @param about what it is, for people
 * @param kpis as registered
 * @param wave whether one verdict is about all markets together, rather than one about each
 * @param markets the regions
 * @param splits the epochs, oldest first
 * @param firstDay days before this one are thrown away: units of them are in no comparison
 * @param days how long each region enrols, from day 0 on
 * @param effects those to try, in minimum effects of the primary KPI
 * @param promises what must hold
 * @param randomness scenarios that share this name see the same units on the same days
 * @param holdback what is kept behind a promotion; null for nothing
 */
public record Scenario(
        String name,
        String about,
        List<KpiDefinition> kpis,
        boolean wave,
        List<Market> markets,
        List<Split> splits,
        int firstDay,
        int days,
        List<Double> effects,
        Set<Promise> promises,
        String randomness,
        @Nullable Holdback holdback) {
    /** Checks that markets have a source for each KPI, copies the collections. */
    public Scenario {
        kpis = List.copyOf(kpis);
        markets = List.copyOf(markets);
        splits = List.copyOf(splits);
        effects = List.copyOf(effects);
        promises = Set.copyOf(promises);
        require(name.matches("[a-z0-9.%-]+"), "name", "expected a-z, 0-9, '.', '%' and '-', found " + name);
        require(!splits.isEmpty() && splits.getFirst().day() == 0, "splits", "expected one from day 0 on");
        for (Market market : markets) {
            require(
                    market.sources().size() == kpis.size(),
                    "markets",
                    "expected a source for each of " + kpis.size() + " KPIs in " + market.segment() + ", found "
                            + market.sources().size());
        }
    }

    /** A scenario that ends with its promotions. */
    public Scenario(
            String name,
            String about,
            List<KpiDefinition> kpis,
            boolean wave,
            List<Market> markets,
            List<Split> splits,
            int firstDay,
            int days,
            List<Double> effects,
            Set<Promise> promises,
            String randomness) {
        this(name, about, kpis, wave, markets, splits, firstDay, days, effects, promises, randomness, null);
    }

    /** The same units with something kept behind their promotions. */
    Scenario behind(String called, Holdback kept) {
        String how = "; %.0f %% are held back for %d days".formatted(100 * kept.share(), kept.days());
        return new Scenario(
                called, about + how, kpis, wave, markets, splits, firstDay, days, effects, promises, randomness, kept);
    }

    /** The same at one effect only. */
    public Scenario only(double effect) {
        return new Scenario(
                name,
                about,
                kpis,
                wave,
                markets,
                splits,
                firstDay,
                days,
                List.of(effect),
                promises,
                randomness,
                holdback);
    }

    /** The KPI that decides. */
    public KpiDefinition primary() {
        return kpis.get(primaryIndex());
    }

    /** Its place. */
    public int primaryIndex() {
        for (int i = 0; i < kpis.size(); i++) {
            if (kpis.get(i).role() == Role.PRIMARY) {
                return i;
            }
        }
        throw new IllegalStateException(name + " has no primary KPI");
    }

    /** The minimum effect of the primary KPI. */
    public double minimumEffect() {
        Double effect = primary().minimumEffect();
        return effect == null ? Double.NaN : effect;
    }

    /** The index of the split on a day. */
    public int split(int day) {
        int at = 0;
        for (int i = 0; i < splits.size(); i++) {
            at = day >= splits.get(i).day() ? i : at;
        }
        return at;
    }

    /** The true difference of the primary KPI; NaN where it changes, or differs between markets. */
    public double truth(double effect) {
        double truth = Double.NaN;
        for (Market market : markets) {
            double difference = market.sources().get(primaryIndex()).difference(effect, minimumEffect());
            if (!Double.isNaN(truth) && Math.abs(difference - truth) > 1e-12) {
                return Double.NaN;
            }
            truth = difference;
        }
        return truth;
    }
}
