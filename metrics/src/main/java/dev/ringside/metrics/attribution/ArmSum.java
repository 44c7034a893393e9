package dev.ringside.metrics.attribution;

import dev.ringside.contract.moments.ArmCounts;
import dev.ringside.contract.moments.ExposureCounts;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of an arm's cohort.
 *
 * @param closed whether every KPI has closed, so that the counts are final but for what comes late
 * @param complete whether the horizon has passed the cohort's end, so that the exposures are final
 * @param exposures null in a row that a release began which did not count them: a part of them would be worse than none
 */
record ArmSum(
        boolean closed,
        boolean complete,
        ArmCounts counts,
        @Nullable ExposureCounts exposures) {
    static final int CHANGED = 1;
    private static final int CLOSED = 2;
    private static final int EXPOSURES = 4;
    private static final int COMPLETE = 8;

    /** When an arm's cohort becomes final: its exposures at its end, its counts when the last KPI closes. */
    record Span(long ends, long closes) {}

    /** An arm of which nothing is counted yet. */
    static ArmSum none(Span span, long horizon) {
        return new ArmSum(span.closes <= horizon, span.ends <= horizon, ArmCounts.NONE, ExposureCounts.NONE);
    }

    ArmSum plus(ArmCounts more) {
        return new ArmSum(closed, complete, counts.plus(more), exposures);
    }

    ArmSum plus(ExposureCounts more) {
        return new ArmSum(closed, complete, counts, exposures == null ? null : exposures.plus(more));
    }

    ArmSum close() {
        return new ArmSum(true, complete, counts, exposures);
    }

    ArmSum completed() {
        return new ArmSum(closed, true, counts, exposures);
    }

    /** @param changed {@link #CHANGED} if it is to be told with the next snapshot, else 0 */
    byte[] pack(int changed) {
        int flags = changed | (closed ? CLOSED : 0) | (complete ? COMPLETE : 0) | (exposures != null ? EXPOSURES : 0);
        var out = new PackedWriter().put(flags).number(counts.units()).number(counts.crossed());
        out.number(counts.fellBack()).number(counts.withOutcome());
        out.number(counts.lateExposures()).number(counts.lateOutcomes());
        out.fixed(counts.unitHashSum());
        if (exposures != null) {
            out.number(exposures.units()).number(exposures.crossed()).number(exposures.fellBack());
            out.number(exposures.lateExposures()).number(exposures.lateOutcomes());
            out.fixed(exposures.unitHashSum());
        }
        return out.toBytes();
    }

    static ArmSum read(byte[] bytes) {
        var in = new PackedReader(bytes);
        int flags = in.get();
        var counts =
                new ArmCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.number(), in.fixed());
        ExposureCounts exposures = (flags & EXPOSURES) == 0
                ? null
                : new ExposureCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.fixed());
        return new ArmSum((flags & CLOSED) != 0, (flags & COMPLETE) != 0, counts, exposures);
    }
}
