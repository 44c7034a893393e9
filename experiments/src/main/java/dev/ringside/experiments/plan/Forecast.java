package dev.ringside.experiments.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What one KPI's test will come to at a given traffic: looked at when week 2, 3, … has closed and a quarter of the planned
 * information is there, and for the last time when all of it is there or enrolment is over.
 *
 * @param informationAWeek as a fraction of the planned
 * @param weeks of enrolment
 * @param plan its looks
 * @param power of finding the registered effect
 * @param expectedWeeks until a decision, if the effect is the registered one
 * @param weeksNeeded until the planned information is there
 */
public record Forecast(
        double informationAWeek, double weeks, LookPlan plan, double power, double expectedWeeks, double weeksNeeded) {
    private static final int FIRST_WEEK = 2;

    /**
     * Looks ahead.
     *
     * @param informationAWeek as a fraction of the planned
     * @param weeks of enrolment
     * @param alpha one-sided
     * @param drift the mean of the statistic at the planned information under the registered effect: z₁₋α + z_power
     * @param minimumFraction of the planned information before a look, but for the last
     */
    public static Forecast of(
            double informationAWeek, double weeks, double alpha, double drift, double minimumFraction) {
        List<Double> fractions = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int week = FIRST_WEEK; week < weeks; week++) {
            double fraction = week * informationAWeek;
            if (fraction >= minimumFraction) {
                fractions.add(fraction);
                times.add((double) week);
            }
            if (fraction >= 1) {
                break;
            }
        }
        if (fractions.isEmpty() || fractions.getLast() < 1) {
            fractions.add(weeks * informationAWeek);
            times.add(weeks);
        }
        LookPlan plan = LookPlan.of(fractions, alpha);
        List<Double> power = plan.power(drift);
        double expected = times.getLast();
        for (int look = 0; look < times.size() - 1; look++) {
            expected -= power.get(look) * (times.get(look + 1) - times.get(look));
        }
        return new Forecast(informationAWeek, weeks, plan, power.getLast(), expected, 1 / informationAWeek);
    }
}
