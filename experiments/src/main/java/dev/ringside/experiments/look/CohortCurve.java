package dev.ringside.experiments.look;

import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.Moments;
import dev.ringside.experiments.analysis.Difference;
import dev.ringside.experiments.analysis.Normal;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary KPI's difference by the week of the first exposure: whether an effect grows, fades (a novelty) or turns. It is
 * shown and never decides.
 *
 * <p>A week stands here once all its cohorts have closed; nothing can change it then, so its interval is the ordinary one, at
 * .05 for each week by itself. The change from the first week to the last is looked at anew each time a week has closed: at
 * the j-th it is tested at .05 / (j (j − 1)), which sums to .05 over all j ≥ 2, so its interval holds however often one
 * looks. Weeks have no units in common, so the variance of a change is the sum of both.
 *
 * @param weeks whole weeks, the first first
 * @param change null before two weeks have the minimum counts
 */
public record CohortCurve(List<Week> weeks, @Nullable Change change) {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final double ALPHA = 0.05;

    /** Copies the list. */
    public CohortCurve {
        weeks = List.copyOf(weeks);
    }

    /**
     * The units that were first exposed within a week.
     *
     * @param week its number since the start, 1 for the first
     * @param from its first cohort's start
     * @param champion units of the control
     * @param challenger units of the challenger
     * @param difference challenger less champion; null below the minimum counts
     * @param lower of the interval at .05; null below the minimum counts
     * @param upper of the interval at .05; null below the minimum counts
     */
    public record Week(
            int week,
            Instant from,
            long champion,
            long challenger,
            @Nullable Double difference,
            @Nullable Double lower,
            @Nullable Double upper) {}

    /**
     * What the last week's difference has more than the first one's.
     *
     * @param from the first week that has one
     * @param to the last
     * @param lower of an interval that holds however often one looks
     * @param upper of that interval
     */
    public record Change(int from, int to, double difference, double lower, double upper) {
        /** Whether it is proven that the effect is not what it was. */
        public boolean proven() {
            return lower > 0 || upper < 0;
        }
    }

    private record Place(String segment, int epoch) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int bySegment = segment.compareTo(other.segment);
            return bySegment != 0 ? bySegment : Integer.compare(epoch, other.epoch);
        }
    }

    /** A week's difference with what is needed to compare it with another's. */
    private record Known(int week, Difference difference) {}

    /**
     * The curve of a comparison.
     *
     * @param closings the looks at which a cohort of the KPI had closed, the first first: each sums all cohorts up to its own
     * @param primary the KPI, as registered
     */
    public static CohortCurve of(List<Look> closings, KpiDefinition primary) {
        var weeks = new ArrayList<Week>();
        var known = new ArrayList<Known>();
        Map<Place, Difference.Stratum> before = Map.of();
        for (Look look : closings) {
            Instant cohort = look.cohort();
            Instant start = EpochDefinition.floor(look.record().evidence().startedAt(), primary.cohort());
            Instant end = start.plus(WEEK.multipliedBy(weeks.size() + 1L));
            if (cohort == null || cohort.plus(primary.cohort()).isBefore(end)) {
                continue;
            }
            int number = weeks.size() + 1;
            Map<Place, Difference.Stratum> sums = sums(look.record().evidence(), primary.name());
            List<Difference.Stratum> strata = less(sums, before);
            Optional<Difference> difference = difference(strata, primary.kind());
            difference.ifPresent(found -> known.add(new Known(number, found)));
            weeks.add(week(number, end.minus(WEEK), strata, difference));
            before = sums;
        }
        return new CohortCurve(weeks, change(known));
    }

    private static Map<Place, Difference.Stratum> sums(Evidence evidence, String kpi) {
        var sums = new TreeMap<Place, Difference.Stratum>();
        for (Evidence.Stratum stratum : evidence.strata()) {
            List<Moments> arms = stratum.arms().stream()
                    .map(arm -> arm.moments().getOrDefault(kpi, Moments.NONE))
                    .toList();
            sums.put(
                    new Place(stratum.segment(), stratum.epoch()),
                    new Difference.Stratum(arms.getFirst(), arms.getLast()));
        }
        return sums;
    }

    private static List<Difference.Stratum> less(
            Map<Place, Difference.Stratum> sums, Map<Place, Difference.Stratum> before) {
        return sums.entrySet().stream()
                .map(entry -> {
                    Difference.Stratum part = before.get(entry.getKey());
                    Difference.Stratum whole = entry.getValue();
                    return part == null
                            ? whole
                            : new Difference.Stratum(
                                    whole.control().minus(part.control()),
                                    whole.challenger().minus(part.challenger()));
                })
                .toList();
    }

    private static Optional<Difference> difference(List<Difference.Stratum> strata, KpiDefinition.Kind kind) {
        return Difference.stratified(strata.stream()
                        .filter(stratum -> Design.MINIMUM_COUNTS.met(kind, stratum.control(), stratum.challenger()))
                        .toList())
                .filter(found -> found.standardError() > 0);
    }

    private static Week week(
            int number, Instant from, List<Difference.Stratum> strata, Optional<Difference> difference) {
        Double middle = difference.map(Difference::difference).orElse(null);
        Double width = difference
                .map(found -> Normal.upperQuantile(ALPHA / 2) * found.standardError())
                .orElse(null);
        return new Week(
                number,
                from,
                strata.stream().mapToLong(stratum -> stratum.control().units()).sum(),
                strata.stream()
                        .mapToLong(stratum -> stratum.challenger().units())
                        .sum(),
                middle,
                middle == null || width == null ? null : Double.valueOf(middle - width),
                middle == null || width == null ? null : Double.valueOf(middle + width));
    }

    private static @Nullable Change change(List<Known> weeks) {
        int looks = weeks.size();
        if (looks < 2) {
            return null;
        }
        Known first = weeks.getFirst();
        Known last = weeks.getLast();
        double change = last.difference().difference() - first.difference().difference();
        double error = StrictMath.hypot(
                first.difference().standardError(), last.difference().standardError());
        double width = Normal.upperQuantile(ALPHA / (looks * (looks - 1.0)) / 2) * error;
        return new Change(first.week(), last.week(), change, change - width, change + width);
    }
}
