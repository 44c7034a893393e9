package dev.ringside.app.demo.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a demo's outcome for it to succeed. */
public final class Checks {
    static final String BETTER = "better";
    static final String FAULTY = "faulty";
    static final String SAME = "aa";

    private static final String PROMOTE = "promote";
    private static final String ROLL_BACK = "roll_back";
    private static final String INCONCLUSIVE = "inconclusive";
    private static final String HARMED_REGION = "SLC";
    private static final Instant JUNE = Instant.parse("2001-06-01T00:00:00Z");
    private static final int INTERVALS_THAT_MAY_MISS = 1;

    private Checks() {}

    /**
     * The reasons why the demo has failed; none if it has not.
     *
     * @param whole whether all flights were replayed; of a part only that can be asked which holds at any time
     */
    public static List<String> failures(Result result, boolean whole) {
        var failures = new ArrayList<String>();
        if (result.books().lost() != 0) {
            failures.add("the books do not balance: " + result.books().lost() + " lost");
        }
        for (Result.Region region : result.everywhere()) {
            boolean acted = region.verdict().equals(PROMOTE) || region.verdict().equals(ROLL_BACK);
            if (region.experiment().equals(SAME) && acted) {
                failures.add("'" + SAME + "' compares a model with itself, and " + region.region() + " got the verdict "
                        + region.verdict());
            }
            if (region.verdict().equals(PROMOTE) && region.trueDifference() != null && region.trueDifference() < 0) {
                failures.add("'" + region.experiment() + "' was promoted in " + region.region() + ", where it harms");
            }
        }
        if (whole) {
            wholeRun(result, failures);
        }
        return failures;
    }

    /** A model that the loop has made must have got an experiment, and that a verdict, which must not be a wrong one. */
    private static void retrained(Retrained retrained, List<String> failures) {
        if (retrained.proposed() == null) {
            failures.add("no experiment was proposed for the model from the log: " + retrained.notProposed());
        }
        for (Result.Region region : retrained.regions()) {
            boolean decided = List.of(PROMOTE, ROLL_BACK, INCONCLUSIVE).contains(region.verdict());
            if (!decided) {
                failures.add(
                        "'" + region.experiment() + "' has no verdict in " + region.region() + ": " + region.verdict());
            }
            if (region.verdict().equals(ROLL_BACK) && region.trueDifference() != null && region.trueDifference() > 0) {
                failures.add(
                        "'" + region.experiment() + "' was rolled back in " + region.region() + ", where it is better");
            }
        }
    }

    private static void wholeRun(Result result, List<String> failures) {
        if (result.regions().stream()
                .noneMatch(r -> r.experiment().equals(BETTER) && r.verdict().equals(PROMOTE))) {
            failures.add("'" + BETTER + "' was promoted nowhere");
        }
        if (result.regions().stream()
                .noneMatch(r -> r.experiment().equals(FAULTY)
                        && r.region().equals(HARMED_REGION)
                        && r.verdict().equals(ROLL_BACK)
                        && r.decidedAt() != null
                        && r.decidedAt().isBefore(JUNE))) {
            failures.add("'" + FAULTY + "' was not rolled back in " + HARMED_REGION + " before June");
        }
        if (result.retrained() != null) {
            retrained(result.retrained(), failures);
        }
        List<String> missed = result.everywhere().stream()
                .filter(region -> Boolean.FALSE.equals(region.covered()))
                .map(region -> region.experiment() + " " + region.region())
                .toList();
        if (missed.size() > INTERVALS_THAT_MAY_MISS) {
            failures.add("the true difference lies outside of " + missed.size() + " intervals: "
                    + String.join(", ", missed));
        }
    }
}
