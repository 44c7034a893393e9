package dev.ringside.experiments.view;

import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Policy;

/**
 * The numbers that the policy decides by, for those who explain its verdicts.
 *
 * @param version of the policy
 * @param minimumUnits closed units of each arm before a promotion look or the means' part of a harm test
 * @param minimumEvents units of both arms together whose value is not zero, before the same
 * @param minimumNonEvents units of both arms together whose value is zero, for a proportion
 * @param minimumInformation the share of the planned information before the first promotion look
 * @param firstPromotionWeek the first week of a region at whose end a promotion may be decided
 * @param sampleRatioAlarm the natural logarithm of the Bayes factor from which on the split is not as planned
 * @param mostCrossed the largest share of units seen in another arm with which a promotion may be decided
 */
public record PolicyView(
        String version,
        long minimumUnits,
        long minimumEvents,
        long minimumNonEvents,
        double minimumInformation,
        int firstPromotionWeek,
        double sampleRatioAlarm,
        double mostCrossed) {
    /** The policy that decides now. */
    public static PolicyView present() {
        Design.MinimumCounts counts = Design.MINIMUM_COUNTS;
        return new PolicyView(
                Policy.VERSION,
                counts.units(),
                counts.events(),
                counts.nonEvents(),
                Design.MINIMUM_FRACTION,
                Policy.FIRST_WEEK,
                StrictMath.log(Policy.ALARM_ONE_IN),
                Policy.MOST_CROSSED);
    }
}
