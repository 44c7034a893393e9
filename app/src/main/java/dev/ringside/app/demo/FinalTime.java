package dev.ringside.app.demo;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** When everything about some flights is final. */
final class FinalTime {
    /** An outcome whose unit has no prediction is given up this long after it was received. */
    private static final Duration UNMATCHED = Duration.ofHours(24);

    private FinalTime() {}

    /** The closing of the last departures' cohorts by each KPI, and the end of the wait for the last outcome. */
    static Instant of(Flights flights, List<KpiDefinition> kpis) {
        if (flights.size() == 0) {
            return Instant.EPOCH;
        }
        Instant lastDeparture = flights.departed(flights.size() - 1);
        Stream<Instant> closings = kpis.stream()
                .map(kpi -> EpochDefinition.closes(kpi, EpochDefinition.floor(lastDeparture, kpi.cohort())));
        Stream<Instant> outcomes =
                IntStream.range(0, flights.size()).mapToObj(flights::landed).map(landed -> landed.plus(UNMATCHED));
        return Stream.concat(closings, outcomes).max(Instant::compareTo).orElseThrow();
    }
}
