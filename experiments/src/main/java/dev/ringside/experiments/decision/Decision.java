package dev.ringside.experiments.decision;

import java.util.List;

/**
 * The outcome of one look.
 *
 * @param verdict what is to be done, and why
 * @param kpis what is known, in the design's order
 * @param sampleRatio whether units came to the arms as planned
 */
public record Decision(Verdict verdict, List<KpiResult> kpis, SampleRatioResult sampleRatio) {
    /** Copies the list. */
    public Decision {
        kpis = List.copyOf(kpis);
    }

    /** The promotion looks up to and with this one, by KPI. */
    public List<KpiHistory> historyAfter(Evidence evidence) {
        return kpis.stream()
                .map(result -> {
                    KpiHistory before = evidence.history(result.kpi());
                    PromotionLook look = result.promotion();
                    return look == null ? before : before.plus(look);
                })
                .filter(history -> !history.looks().isEmpty())
                .toList();
    }

    /**
     * The sample-ratio test.
     *
     * @param logBayesFactor against the planned split, summed over strata; each factor is the mean of those at
     *     two concentrations
     * @param alarm whether it is beyond what chance gives once in a thousand experiments
     */
    public record SampleRatioResult(double logBayesFactor, boolean alarm) {}
}
