package dev.ringside.benchmarks.run;

import static dev.ringside.benchmarks.run.Tolerance.standardError;

import dev.ringside.benchmarks.scenario.NoWorse;
import dev.ringside.benchmarks.scenario.Promise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Holds a row against what is promised of its scenario.
 *
 * @param allowed so many standard errors beyond a promised share are taken for chance
 */
public record Check(double allowed) {
    /** As the bench's own report has it. */
    static final Check STANDARD = new Check(Tolerance.ALLOWED);

    private static final double COVERAGE = 0.95;
    private static final double POWER = 0.765;
    private static final double INFORMATION = 0.82;
    private static final double PROTECTION = 0.41;
    private static final double AT_ONCE = 0.97;

    /** Whether the row lies so high above α that chance is doubtful. */
    static boolean suspicious(Row row, Set<Promise> promises) {
        double most = row.alpha() + Tolerance.SUSPICIOUS * standardError(row.alpha(), row.runs());
        return row.effect() == 0
                && promises.contains(Promise.LEVEL)
                && (row.promoted() > most || row.rolledBack() > most);
    }

    /** What does not hold, in words; empty if all does. */
    public List<String> misses(Row row, Set<Promise> promises) {
        var misses = new ArrayList<String>();
        for (Promise promise : promises) {
            switch (promise) {
                case LEVEL -> level(row, misses);
                case POWER -> power(row, misses);
                case PROTECTION -> {
                    if (row.effect() == -1) {
                        least(misses, "rolled back", row.rolledBack(), PROTECTION, row.runs());
                    }
                }
                case AT_ONCE ->
                    least(misses, "rolled back at the first closing", row.rolledBackOnDayOne(), 1, row.runs());
                case BY_THE_THIRD_DAY -> {
                    least(misses, "rolled back at the first closing", row.rolledBackOnDayOne(), AT_ONCE, row.runs());
                    least(misses, "rolled back by day 3", row.rolledBackByDayThree(), 1, row.runs());
                }
                case NEVER_PROMOTED -> most(misses, "promoted", row.promoted(), 0);
            }
        }
        return misses;
    }

    /**
     * What does not hold of two scenarios that met the same units; empty if all does. Were the one as powerful as the other,
     * each of the d runs in which only one of them finds the effect would be as likely the one's as the other's, so what the
     * other finds more has the standard deviation √d (McNemar, Psychometrika 12, 1947): far less than the difference of two
     * shares, since both meet the same units.
     */
    List<String> misses(NoWorse promise, Row one, Row other) {
        BitSet lost = (BitSet) other.promotions().clone();
        lost.andNot(one.promotions());
        BitSet won = (BitSet) one.promotions().clone();
        won.andNot(other.promotions());
        int more = lost.cardinality() - won.cardinality();
        double most = allowed * StrictMath.sqrt(lost.cardinality() + won.cardinality());
        return more <= most
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%s: %s finds it in %d runs more than %s, expected %.1f at most",
                        promise.words(),
                        promise.than(),
                        more,
                        promise.name(),
                        most));
    }

    private void level(Row row, List<String> misses) {
        if (row.effect() == 0) {
            double most = row.alpha() + allowed * standardError(row.alpha(), row.runs());
            most(misses, "promoted", row.promoted(), most);
            most(misses, "rolled back", row.rolledBack(), most);
        }
        if (row.coverage() != null) {
            double least = COVERAGE - allowed * standardError(COVERAGE, row.stops());
            if (row.coverage() < least) {
                misses.add(String.format(Locale.ROOT, "coverage %.4f, expected %.4f or more", row.coverage(), least));
            }
        }
    }

    private void power(Row row, List<String> misses) {
        if (row.effect() == 1) {
            least(misses, "power", row.promoted(), POWER, row.runs());
            if (row.information() != null) {
                most(misses, "information", row.information(), INFORMATION);
            }
        }
    }

    private static void most(List<String> misses, String what, double found, double most) {
        if (found > most) {
            misses.add(String.format(Locale.ROOT, "%s %.4f, expected %.4f at most", what, found, most));
        }
    }

    /** A promise without a tolerance of its own: what 2,000 runs must show, and fewer may miss by chance. */
    private void least(List<String> misses, String what, double found, double promised, int runs) {
        double least = runs >= Bench.FULL ? promised : promised - allowed * standardError(promised, runs);
        if (found < least) {
            misses.add(String.format(Locale.ROOT, "%s %.4f, expected %.4f or more", what, found, least));
        }
    }
}
