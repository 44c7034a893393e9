package dev.ringside.training.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many passes were best for each fitting, by the way to it ({@code member-1.bag-0}), for the same fitting to other
 * rows to take as many where nothing tells it when to stop.
 */
public final class Passes {
    private final String place;
    private final Map<String, List<Integer>> found;
    private final boolean fixed;

    private Passes(String place, Map<String, List<Integer>> found, boolean fixed) {
        this.place = place;
        this.found = found;
        this.fixed = fixed;
    }

    /** None are known. */
    public Passes() {
        this("", new HashMap<>(), false);
    }

    /** Those of one of several fittings. */
    Passes within(String name) {
        return new Passes(place.isEmpty() ? name : place + "." + name, found, fixed);
    }

    /** Notes how many were best, once for each time that the fitting is done. */
    public void found(int best) {
        if (!fixed) {
            found.computeIfAbsent(place, _ -> new ArrayList<>()).add(best);
        }
    }

    /** As many as the mean of what was found, for each fitting. */
    public Passes fixed() {
        return new Passes(place, found, true);
    }

    /** How many this fitting takes; null where it has to find out. */
    public @Nullable Integer limit() {
        if (!fixed) {
            return null;
        }
        List<Integer> best = found.get(place);
        if (best == null) {
            throw new IllegalStateException("nothing is known of the passes of the fitting '" + place + "'");
        }
        return (int)
                Math.round(best.stream().mapToInt(Integer::intValue).average().orElse(0));
    }
}
