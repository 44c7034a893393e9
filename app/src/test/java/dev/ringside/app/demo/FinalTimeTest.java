package dev.ringside.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinalTimeTest {
    private static final List<KpiDefinition> KPIS = List.of(Json.read("""
        {"name": "warning_value", "kind": "mean", "window": "36h", "grace": "12h"}\
        """, KpiDefinition.class));

    @Test
    void isTheClosingOfTheLastCohort() {
        var flights = new FlightList()
                .add("2001-04-01T08:00:00Z", 60, "PDX", true)
                .add("2001-04-02T08:00:00Z", 60, "PDX", true)
                .build();
        assertEquals(Instant.parse("2001-04-05T00:00:00Z"), FinalTime.of(flights, KPIS));
    }

    @Test
    void waitsADayForTheUnitOfTheLastOutcome() {
        var flights = new FlightList()
                .add("2001-04-01T08:00:00Z", 6 * 24 * 60, "PDX", true)
                .build();
        assertEquals(Instant.parse("2001-04-08T08:00:00Z"), FinalTime.of(flights, KPIS));
    }
}
