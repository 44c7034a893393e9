package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ArmKey;
import dev.ringside.contract.moments.CellKey;
import dev.ringside.contract.moments.ExposureCounts;
import dev.ringside.contract.moments.Moments;
import dev.ringside.contract.moments.OutcomeClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules of attribution once more, as definitions over the whole set of events and without any order of arrival:
 * slow, and written apart from the code that it judges.
 */
final class BatchOracle {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MONTH = Duration.ofDays(30);

    private final World world;
    private final Map<String, Moments> cells = new TreeMap<>();
    private final Map<String, ArmCounts> arms = new TreeMap<>();
    private final Map<String, ExposureCounts> exposures = new TreeMap<>();
    private final Map<OutcomeClass, Long> classes = new EnumMap<>(OutcomeClass.class);
    private final Map<String, Long> late = new TreeMap<>();
    private final Map<String, Long> unmatched = new TreeMap<>();

    private BatchOracle(World world) {
        this.world = world;
    }

    /** A unit's first exposure in an experiment. */
    private record Exposure(EpochDefinition definition, Prediction first, Instant settled) {
        Instant time() {
            return first.time();
        }
    }

    /** Records of one event that are known at the same time, and when they are forgotten. */
    private record Group(List<Outcome> records, Instant forgotten) {}

    static Verdict judge(World world) {
        var oracle = new BatchOracle(world);
        for (OutcomeClass each : OutcomeClass.values()) {
            oracle.classes.put(each, 0L);
        }
        Set<Long> units = new HashSet<>();
        world.predictions().forEach(p -> units.add(p.unitHash()));
        world.outcomes().forEach(o -> units.add(o.unitHash()));
        units.forEach(oracle::judge);
        return new Verdict(
                oracle.cells,
                oracle.arms,
                oracle.exposures,
                world.predictions().size(),
                oracle.classes,
                oracle.late,
                oracle.unmatched);
    }

    private void judge(long hash) {
        List<Prediction> predictions =
                world.predictions().stream().filter(p -> p.unitHash() == hash).toList();
        List<Outcome> outcomes =
                world.outcomes().stream().filter(o -> o.unitHash() == hash).toList();
        List<Exposure> exposures = exposures(predictions);
        List<Group> groups = new ArrayList<>();
        outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::eventId))
                .values()
                .forEach(event -> groups.addAll(groups(event, exposures)));

        for (Exposure x : exposures) {
            boolean withOutcome = false;
            for (KpiDefinition kpi : x.definition.kpis()) {
                List<Outcome> standing = standing(x, kpi, groups);
                withOutcome |= standing.stream().anyMatch(o -> inWindow(x, kpi, o));
                List<Outcome> counted =
                        standing.stream().filter(o -> claims(x, kpi, o)).toList();
                Long value = value(kpi, counted);
                if (value != null) {
                    Instant cohort = EpochDefinition.floor(x.time(), kpi.cohort());
                    var key = new CellKey(
                            x.definition.experiment(),
                            x.definition.epoch(),
                            x.first.segment(),
                            variant(x.first),
                            kpi.name(),
                            cohort);
                    cells.merge(key.text(), Moments.ofUnit(hash, value), Moments::plus);
                }
            }
            List<Prediction> same = predictions.stream()
                    .filter(p -> x.definition.experiment().equals(p.experiment())
                            && Objects.equals(x.definition.epoch(), p.epoch()))
                    .toList();
            List<Prediction> inside =
                    same.stream().filter(p -> p.time().isBefore(x.settled)).toList();
            arm(
                    x,
                    new ArmCounts(
                            1,
                            inside.stream().anyMatch(p -> !variant(p).equals(variant(x.first))) ? 1 : 0,
                            inside.stream().anyMatch(Prediction::fellBack) ? 1 : 0,
                            withOutcome ? 1 : 0,
                            same.size() - inside.size(),
                            0,
                            hash));
        }
        exposures.forEach(x -> expose(x, predictions, groups));
        groups.forEach(group -> classify(group, exposures, predictions));
    }

    /** Each thing in the cohort of its own time. */
    private void expose(Exposure x, List<Prediction> predictions, List<Group> groups) {
        exposed(x, x.time(), new ExposureCounts(1, 0, 0, 0, 0, x.first.unitHash()));
        List<Prediction> same = predictions.stream()
                .filter(p -> x.definition.experiment().equals(p.experiment())
                        && Objects.equals(x.definition.epoch(), p.epoch()))
                .toList();
        same.stream()
                .filter(p -> !p.time().isBefore(x.settled))
                .forEach(p -> exposed(x, p.time(), new ExposureCounts(0, 0, 0, 1, 0, 0)));
        List<Prediction> inside =
                same.stream().filter(p -> p.time().isBefore(x.settled)).toList();
        inside.stream()
                .filter(p -> !variant(p).equals(variant(x.first)))
                .map(Prediction::time)
                .min(Comparator.naturalOrder())
                .ifPresent(time -> exposed(x, time, new ExposureCounts(0, 1, 0, 0, 0, 0)));
        inside.stream()
                .filter(Prediction::fellBack)
                .map(Prediction::time)
                .min(Comparator.naturalOrder())
                .ifPresent(time -> exposed(x, time, new ExposureCounts(0, 0, 1, 0, 0, 0)));
        for (Group group : groups) {
            List<Outcome> left = new ArrayList<>(group.records);
            for (Outcome o : group.records) {
                left.remove(o);
                boolean preceded = left.stream()
                        .anyMatch(e ->
                                (e.revision() > o.revision() && !e.receivedAt().isAfter(o.receivedAt()))
                                        || (e.revision() == o.revision() && EARLIER.compare(e, o) <= 0));
                if (!preceded) {
                    left.add(o);
                }
                List<KpiDefinition> claiming = x.definition.kpis().stream()
                        .filter(kpi -> claims(x, kpi, o))
                        .toList();
                boolean late = !claiming.isEmpty()
                        && claiming.stream()
                                .noneMatch(kpi -> o.receivedAt()
                                        .isBefore(x.time().plus(kpi.window()).plus(kpi.grace())));
                if (late && !preceded) {
                    exposed(x, o.receivedAt(), new ExposureCounts(0, 0, 0, 0, 1, 0));
                }
            }
        }
    }

    private void exposed(Exposure x, Instant time, ExposureCounts counts) {
        var key = new ArmKey(
                x.definition.experiment(),
                x.definition.epoch(),
                x.first.segment(),
                variant(x.first),
                EpochDefinition.floor(time, x.definition.cohort()));
        exposures.merge(key.text(), counts, ExposureCounts::plus);
    }

    private static String variant(Prediction p) {
        return Objects.requireNonNull(p.variant());
    }

    private void arm(Exposure x, ArmCounts counts) {
        var key = new ArmKey(
                x.definition.experiment(),
                x.definition.epoch(),
                x.first.segment(),
                variant(x.first),
                EpochDefinition.floor(x.time(), x.definition.cohort()));
        arms.merge(key.text(), counts, ArmCounts::plus);
    }

    private List<Exposure> exposures(List<Prediction> predictions) {
        return predictions.stream()
                .filter(p -> p.experiment() != null)
                .collect(Collectors.groupingBy(p -> Objects.requireNonNull(p.experiment())))
                .values()
                .stream()
                .map(all -> all.stream()
                        .min(Comparator.comparing(Prediction::time).thenComparing(Prediction::predictionId))
                        .orElseThrow())
                .map(first -> {
                    EpochDefinition definition = world.definitions().stream()
                            .filter(d -> d.experiment().equals(first.experiment())
                                    && Objects.equals(d.epoch(), first.epoch()))
                            .findFirst()
                            .orElseThrow();
                    return new Exposure(
                            definition,
                            first,
                            definition.settled(EpochDefinition.floor(first.time(), definition.cohort())));
                })
                .toList();
    }

    private static List<Group> groups(List<Outcome> event, List<Exposure> exposures) {
        var left = new ArrayList<>(event);
        left.sort(Comparator.comparing(Outcome::receivedAt));
        var groups = new ArrayList<Group>();
        while (!left.isEmpty()) {
            Instant forgotten = left.getFirst().receivedAt().plus(DAY);
            while (true) {
                Instant next = forgotten;
                for (Outcome o : left) {
                    if (o.receivedAt().isBefore(forgotten)) {
                        Instant known = o.receivedAt().plus(DAY);
                        next = max(next, known);
                        for (Exposure x : exposures) {
                            next = x.time().isBefore(known) ? max(next, x.settled) : next;
                        }
                    }
                }
                if (next.equals(forgotten)) {
                    break;
                }
                forgotten = next;
            }
            Instant end = forgotten;
            List<Outcome> members =
                    left.stream().filter(o -> o.receivedAt().isBefore(end)).toList();
            left.subList(0, members.size()).clear();
            groups.add(new Group(members, end));
        }
        return groups;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Of each event the record that stands when the cell closes, if that is no retraction. */
    private static List<Outcome> standing(Exposure x, KpiDefinition kpi, List<Group> groups) {
        Instant closes = EpochDefinition.closes(kpi, EpochDefinition.floor(x.time(), kpi.cohort()));
        Map<String, List<Outcome>> byEvent = groups.stream()
                .filter(g -> !g.forgotten.isBefore(closes))
                .flatMap(g -> g.records.stream())
                .collect(Collectors.groupingBy(Outcome::eventId));
        return byEvent.values().stream()
                .map(event -> standing(x, kpi, event))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Outcome standing(Exposure x, KpiDefinition kpi, Iterable<Outcome> event) {
        Instant limit = x.time().plus(kpi.window()).plus(kpi.grace());
        Outcome best = null;
        for (Outcome o : event) {
            boolean better = best == null
                    || o.revision() > best.revision()
                    || (o.revision() == best.revision() && EARLIER.compare(o, best) < 0);
            if (o.receivedAt().isBefore(limit) && better) {
                best = o;
            }
        }
        return best == null || best.retraction() ? null : best;
    }

    private static final Comparator<Outcome> EARLIER = Comparator.comparing(Outcome::receivedAt)
            .thenComparing(Outcome::time)
            .thenComparing(Outcome::name)
            .thenComparingLong(Outcome::valueMicros)
            .thenComparing(Outcome::retraction);

    private static boolean inWindow(Exposure x, KpiDefinition kpi, Outcome o) {
        Duration after = Duration.between(x.time(), o.time());
        return after.compareTo(Duration.ofSeconds(-5)) >= 0 && after.compareTo(kpi.window()) < 0;
    }

    private static boolean claims(Exposure x, KpiDefinition kpi, Outcome o) {
        return o.name().equals(kpi.outcome()) && inWindow(x, kpi, o);
    }

    private static Long value(KpiDefinition kpi, List<Outcome> counted) {
        if (counted.isEmpty()) {
            return kpi.missing() == KpiDefinition.Missing.ZERO ? 0L : null;
        }
        List<Outcome> byTime = counted.stream()
                .sorted(Comparator.comparing(Outcome::time).thenComparing(Outcome::eventId))
                .toList();
        long combined = switch (kpi.combine()) {
            case SUM -> counted.stream().mapToLong(Outcome::valueMicros).sum();
            case FIRST -> byTime.getFirst().valueMicros();
            case LAST -> byTime.getLast().valueMicros();
            case MAX -> counted.stream().mapToLong(Outcome::valueMicros).max().orElseThrow();
            case ANY -> counted.stream().anyMatch(o -> o.valueMicros() > 0) ? 1_000_000 : 0;
        };
        if (kpi.kind() == KpiDefinition.Kind.PROPORTION) {
            return combined > 0 ? 1_000_000L : 0L;
        }
        Double cap = kpi.winsorCap();
        return cap == null ? combined : Math.clamp(combined, (long) (-cap * 1e6), (long) (cap * 1e6));
    }

    private void classify(Group group, List<Exposure> exposures, List<Prediction> predictions) {
        // Records that are equal are told apart by their place in this list.
        List<Outcome> records = new ArrayList<>(group.records);
        boolean[] counts = new boolean[records.size()];
        for (Exposure x : exposures) {
            for (KpiDefinition kpi : x.definition.kpis()) {
                Outcome standing = standing(x, kpi, records);
                if (standing != null && claims(x, kpi, standing)) {
                    counts[records.indexOf(standing)] = true;
                }
            }
        }
        boolean someCount = false;
        for (boolean c : counts) {
            someCount |= c;
        }
        int top = records.stream().mapToInt(Outcome::revision).max().orElseThrow();
        boolean known = exposures.stream().anyMatch(x -> x.time().isBefore(group.forgotten))
                || predictions.stream()
                        .anyMatch(p -> p.experiment() == null
                                && p.time().isBefore(group.forgotten)
                                && !p.time().isBefore(group.forgotten.minus(MONTH)));
        for (int i = 0; i < records.size(); i++) {
            Outcome o = records.get(i);
            OutcomeClass as;
            if (counts[i]) {
                as = OutcomeClass.COUNTED;
            } else if (representative(records, counts, o.revision()) != i) {
                as = OutcomeClass.DUPLICATES;
            } else if (o.revision() < top) {
                as = OutcomeClass.SUPERSEDED;
            } else if (!known) {
                as = OutcomeClass.UNMATCHED;
                unmatched.merge(o.toString(), 1L, Long::sum);
            } else if (o.retraction() && !someCount) {
                as = OutcomeClass.SUPERSEDED;
            } else {
                List<Exposure> claimants = exposures.stream()
                        .filter(x -> x.definition.kpis().stream().anyMatch(kpi -> claims(x, kpi, o)))
                        .toList();
                claimants.forEach(x -> arm(x, new ArmCounts(0, 0, 0, 0, 0, 1, 0)));
                as = o.retraction() || !claimants.isEmpty() ? OutcomeClass.LATE : OutcomeClass.OUTSIDE;
                if (as == OutcomeClass.LATE) {
                    late.merge(o.toString(), 1L, Long::sum);
                }
            }
            classes.merge(as, 1L, Long::sum);
        }
    }

    /** Which record speaks for a revision: the one that counts, else the earliest. */
    private static int representative(List<Outcome> records, boolean[] counts, int revision) {
        int best = -1;
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).revision() == revision) {
                if (counts[i]) {
                    return i;
                }
                if (best < 0 || EARLIER.compare(records.get(i), records.get(best)) < 0) {
                    best = i;
                }
            }
        }
        return best;
    }
}
