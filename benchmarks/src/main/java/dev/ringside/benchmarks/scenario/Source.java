package dev.ringside.benchmarks.scenario;

import dev.ringside.benchmarks.data.Values;
import java.util.List;

/**
 * Where the values of one KPI come from.
 *
 * @param control what the champion's units are worth
 * @param challenger what the challenger's are worth if its effect is 0
 * @param moved whether the scenario's effect, in minimum effects of this KPI, is added to that
 * @param turns when that effect changes, oldest first
 */
public record Source(Values control, Values challenger, boolean moved, List<Turn> turns) {
    /** Copies the list. */
    public Source {
        turns = List.copyOf(turns);
    }

    /**
     * The effect becomes another.
     *
     * @param day the first one, 0 for the experiment's first
     * @param factor by which the scenario's effect is multiplied from then on
     */
    public record Turn(int day, double factor) {}

    /** Arms that differ by the scenario's effect alone. */
    static Source moved(Values values) {
        return new Source(values, values, true, List.of());
    }

    /** Arms that differ as they are given, whatever the scenario's effect. */
    static Source fixed(Values control, Values challenger) {
        return new Source(control, challenger, false, List.of());
    }

    Source turning(int day, double factor) {
        return new Source(control, challenger, moved, List.of(new Turn(day, factor)));
    }

    /** By how much the challenger's mean lies above its own on a day. */
    public double shift(int day, double effect, double minimumEffect) {
        double factor = 1;
        for (Turn turn : turns) {
            factor = day >= turn.day() ? turn.factor() : factor;
        }
        return moved ? factor * effect * minimumEffect : 0;
    }

    /** The true difference of means, challenger less control; NaN where it changes. */
    public double difference(double effect, double minimumEffect) {
        if (!turns.isEmpty()) {
            return Double.NaN;
        }
        return challenger.mean() - control.mean() + shift(0, effect, minimumEffect);
    }
}
