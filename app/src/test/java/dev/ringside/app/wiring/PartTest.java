package dev.ringside.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ringside.app.kafka.Standing;
import dev.ringside.contract.routing.FleetReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the fleet hears of a part. */
class PartTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private record Told(@Nullable FleetReport report, List<Standing> standing) implements Part {
        @Override
        public @Nullable String notReady() {
            return null;
        }

        @Override
        public String name() {
            return "told";
        }

        @Override
        public void close() {}
    }

    private static FleetReport report() {
        return new FleetReport(
                "metrics-1", "metrics", 1, NOW, 7, null, List.of(), null, List.of(), Map.of("n", 3L), false);
    }

    @Test
    void theFleetHearsWhatAPartDoesNotReadAnyMore() {
        var standing = new Standing("unit-events", 2, 41L, "disk full", NOW);
        FleetReport heard = new Told(report(), List.of(standing)).fullReport();
        assertEquals(List.of(standing.reported()), heard.standstills());
        assertEquals(report(), heard.with(null));
        assertEquals(List.of(), new Told(report(), List.of()).fullReport().standstills());
        assertNull(new Told(null, List.of(standing)).fullReport());
    }
}
