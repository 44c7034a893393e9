package dev.ringside.experiments.view;

import dev.ringside.contract.routing.FleetReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process as it reported last.
 *
 * @param live whether it was heard of lately and has not stopped
 * @param standstills what it does not read any more, as far as it said so
 */
public record ProcessView(
        String id,
        String role,
        long boot,
        Instant at,
        boolean live,
        boolean stopped,
        long routingVersion,
        @Nullable Instant clock,
        List<FleetReport.LoadedVersion> versions,
        FleetReport.@Nullable Spool spool,
        List<String> breakGlass,
        Map<String, Long> counters,
        List<FleetReport.Standstill> standstills) {

    /** The view of a report. */
    public static ProcessView of(FleetReport report, boolean live) {
        return new ProcessView(
                report.id(),
                report.role(),
                report.boot(),
                report.at(),
                live,
                report.stopped(),
                report.routingVersion(),
                report.clock(),
                report.versions(),
                report.spool(),
                report.breakGlass(),
                report.counters(),
                report.standstills() == null ? List.of() : report.standstills());
    }
}
