package dev.ringside.contract.moments;

/**
 * What happened to an arm's units within a cohort's own time. Each thing is counted in the cohort in which its own time
 * lies, so all of it is final when the horizon passes the cohort's end, however long the KPIs' windows are: what the gates
 * count.
 *
 * @param units units first exposed in the cohort
 * @param crossed units whose first prediction in another arm of their epoch has its time in the cohort; they stay in their
 *     first arm, under which they are counted here
 * @param fellBack units of whose predictions the first that the champion answered in the assigned version's place has its
 *     time in the cohort
 * @param lateExposures predictions with their time in the cohort that came after their unit was settled; never counted in
 * @param lateOutcomes outcomes received in the cohort that lie in the window and came too late for it
 * @param unitHashSum Σ unit hash modulo 2⁶⁴ of the units first exposed in the cohort
 */
public record ExposureCounts(
        long units, long crossed, long fellBack, long lateExposures, long lateOutcomes, long unitHashSum) {
    /** Nothing. */
    public static final ExposureCounts NONE = new ExposureCounts(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public ExposureCounts plus(ExposureCounts other) {
        return new ExposureCounts(
                units + other.units,
                crossed + other.crossed,
                fellBack + other.fellBack,
                lateExposures + other.lateExposures,
                lateOutcomes + other.lateOutcomes,
                unitHashSum + other.unitHashSum);
    }

    /** This without a part of it. */
    public ExposureCounts minus(ExposureCounts part) {
        return new ExposureCounts(
                units - part.units,
                crossed - part.crossed,
                fellBack - part.fellBack,
                lateExposures - part.lateExposures,
                lateOutcomes - part.lateOutcomes,
                unitHashSum - part.unitHashSum);
    }
}
