package dev.ringside.experiments.view;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.look.Look;
import dev.ringside.experiments.view.RegionView.KpiView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the views of KPIs from what a look found. */
final class KpiViews {
    private KpiViews() {}

    /** All KPIs of a look. */
    static List<KpiView> of(Look look) {
        return look.record().decision().kpis().stream()
                .map(result -> of(result, look.at()))
                .toList();
    }

    /** One KPI of a look; null if the look knows no such. */
    static @Nullable KpiView of(Look look, String kpi) {
        return of(look).stream()
                .filter(view -> view.kpi().equals(kpi))
                .findFirst()
                .orElse(null);
    }

    /** A KPI that was not looked at. */
    static KpiView unknown(KpiDefinition kpi) {
        return new KpiView(kpi.name(), role(kpi.role()), null, null, null, null, null, null);
    }

    private static KpiView of(KpiResult result, Instant at) {
        KpiResult.Estimate estimate = result.estimate();
        KpiResult.Interval interval = result.interval();
        return new KpiView(
                result.kpi(),
                role(result.role()),
                result.shown(),
                interval == null ? null : interval.lower(),
                interval == null ? null : interval.upper(),
                interval == null ? null : interval.kind().name().toLowerCase(Locale.ROOT),
                estimate == null ? null : estimate.fraction(),
                at);
    }

    private static String role(KpiDefinition.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
