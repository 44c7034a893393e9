package dev.ringside.experiments.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.contract.routing.FleetReport;
import dev.ringside.experiments.look.KpiLedger;
import dev.ringside.experiments.store.Changes;
import dev.ringside.experiments.view.BooksView.UnknownOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BooksViewTest {
    private static FleetReport ingest(String id, Map<String, Long> counters) {
        return new FleetReport(id, "ingest", 1, Instant.EPOCH, 1, null, List.of(), null, List.of(), counters, false);
    }

    @Test
    @DisplayName("P8: names of outcomes that no KPI reads are counted and shown with the nearest")
    void unknownOutcomesAreShownWithTheNearest() {
        var books = BooksView.of(
                new KpiLedger(1, new Changes()),
                List.of(
                        ingest(
                                "a",
                                Map.of(
                                        "accepted", 9L,
                                        "outcomes_named/order_delivered_on_tiem", 3L,
                                        "outcomes_named/late", 2L)),
                        ingest(
                                "b",
                                Map.of("outcomes_named/order_delivered_on_tiem", 4L, "outcomes_named/something", 1L))),
                Set.of("order_delivered_on_time", "late"));
        assertEquals(
                List.of(
                        new UnknownOutcome("order_delivered_on_tiem", 7, "order_delivered_on_time"),
                        new UnknownOutcome("something", 1, null)),
                books.unknownOutcomes());
    }
}
