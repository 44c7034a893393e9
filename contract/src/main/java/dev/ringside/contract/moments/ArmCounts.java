package dev.ringside.contract.moments;

/**
 * How many units an arm's cohort has, and how many are not as planned.
 *
 * @param units units whose first exposure fell here
 * @param crossed those later seen in another arm of the same epoch; they stay in their first
 * @param fellBack those of whose predictions at least one was answered by the champion in the assigned version's place
 * @param withOutcome those with at least one outcome in time, of whatever name
 * @param lateExposures predictions that came after the cohort had closed; never counted in
 * @param lateOutcomes outcomes in the window that came too late
 * @param unitHashSum Σ unit hash modulo 2⁶⁴
 */
public record ArmCounts(
        long units,
        long crossed,
        long fellBack,
        long withOutcome,
        long lateExposures,
        long lateOutcomes,
        long unitHashSum) {
    /** Nothing. */
    public static final ArmCounts NONE = new ArmCounts(0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public ArmCounts plus(ArmCounts other) {
        return new ArmCounts(
                units + other.units,
                crossed + other.crossed,
                fellBack + other.fellBack,
                withOutcome + other.withOutcome,
                lateExposures + other.lateExposures,
                lateOutcomes + other.lateOutcomes,
                unitHashSum + other.unitHashSum);
    }

    /** This without a part of it. */
    public ArmCounts minus(ArmCounts part) {
        return new ArmCounts(
                units - part.units,
                crossed - part.crossed,
                fellBack - part.fellBack,
                withOutcome - part.withOutcome,
                lateExposures - part.lateExposures,
                lateOutcomes - part.lateOutcomes,
                unitHashSum - part.unitHashSum);
    }
}
