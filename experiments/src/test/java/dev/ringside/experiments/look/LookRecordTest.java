package dev.ringside.experiments.look;

import static dev.ringside.experiments.decision.RegionLog.CHALLENGER;
import static dev.ringside.experiments.decision.RegionLog.CHAMPION;
import static dev.ringside.experiments.decision.RegionLog.guardrail;
import static dev.ringside.experiments.decision.RegionLog.primary;
import static dev.ringside.experiments.decision.RegionLog.proportion;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition.Direction;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.Evidence;
import dev.ringside.experiments.decision.KpiHistory;
import dev.ringside.experiments.decision.KpiResult;
import dev.ringside.experiments.decision.RegionLog;
import dev.ringside.experiments.decision.Scope;
import dev.ringside.experiments.decision.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookRecordTest {
    private static final Design DESIGN = RegionLog.design(2, primary(0.03), guardrail(Direction.DOWN, 0.02));

    private static Evidence evidence() {
        RegionLog region = new RegionLog(DESIGN).both(3_000, 600, 700);
        region.outcomes(CHAMPION, "cancelled", proportion(3_000, 300))
                .outcomes(CHALLENGER, "cancelled", proportion(3_000, 303));
        region.closeThrough(14);
        region.nextEpoch(1, 1).both(2_000, 410, 480);
        region.outcomes(CHAMPION, "cancelled", proportion(2_000, 210))
                .outcomes(CHALLENGER, "cancelled", proportion(2_000, 199));
        return region.skipTo(21).evidence();
    }

    private static LookRecord record(Map<Integer, Long> offsets, String software) {
        return LookRecord.of(DESIGN, evidence(), offsets, Map.of("2", "ab".repeat(32)), software);
    }

    @Test
    void recordReadBackHoldsAndHasTheSameBytes() {
        LookRecord record = record(Map.of(0, 17L, 1, 4L), "ringside 0.1.0");
        byte[] json = Json.bytes(record);
        LookRecord read = Json.read(json, LookRecord.class);
        assertEquals(record, read);
        assertArrayEquals(json, Json.bytes(read));
        assertEquals(List.of(), read.problems());
    }

    @Test
    void decisionMadeAgainElsewhereHasTheSameEvidenceDigest() {
        LookRecord here = record(Map.of(0, 17L, 1, 4L), "ringside 0.1.0");
        LookRecord there = record(Map.of(0, 900L, 1, 901L, 2, 902L), "ringside 0.2.0");
        assertEquals(here.evidenceDigest(), there.evidenceDigest());
        assertNotEquals(here.recordDigest(), there.recordDigest());
    }

    @Test
    void everyChangedByteIsFound() {
        LookRecord record = record(Map.of(0, 17L), "ringside 0.1.0");
        String json = Json.write(record);
        for (List<String> change : List.of(
                List.of("\"events\":700", "\"events\":701"),
                List.of("\"name\":\"promote\"", "\"name\":\"roll_back\""),
                List.of("\"0\":17", "\"0\":18"),
                List.of("ringside 0.1.0", "ringside 0.1.1"))) {
            String changed = json.replace(change.get(0), change.get(1));
            assertNotEquals(json, changed, change.toString());
            assertFalse(Json.read(changed, LookRecord.class).problems().isEmpty(), change.toString());
        }
    }

    @Test
    void historyGoesOnWithEachPromotionLook() {
        LookRecord record = record(Map.of(0, 17L), "ringside 0.1.0");
        assertEquals(1, record.evidence().history().getFirst().looks().size());
        assertEquals(
                List.of("booked", "cancelled"),
                record.history().stream().map(KpiHistory::kpi).toList());
        assertTrue(record.history().stream().allMatch(history -> history.looks().size() == 2));
    }

    @Test
    void lookOfTheFirstReleaseIsToldInTodaysWords() throws IOException {
        String kept = Files.readString(Path.of("src/test/resources/look-records/record-1-policy-region-1.json"));
        LookRecord record = Json.read(kept, LookRecord.class);
        var first = assertInstanceOf(LookRecord.Version1.class, record);
        assertEquals("region/1", record.policyVersion());
        assertEquals(new Scope.Region("PDX"), record.evidence().scope());
        assertInstanceOf(Verdict.Promote.class, record.decision().verdict());
        assertEquals(
                first.kept().decision().verdict().reasons(),
                record.decision().verdict().reasons());
        KpiResult primary = record.decision().kpis().getFirst();
        assertEquals(first.kept().decision().kpis().getFirst().medianUnbiased(), primary.medianUnbiased());
        assertFalse(primary.harm().proven());
        assertEquals(
                first.kept().history().getFirst().looks().size(),
                record.history().getFirst().looks().size());
    }

    @Test
    void recordOfALaterReleaseIsRefused() {
        String json = Json.write(record(Map.of(), "ringside")).replace("\"version\":2", "\"version\":3");
        Exception refused = assertThrows(Exception.class, () -> Json.read(json, LookRecord.class));
        assertTrue(refused.getMessage().contains("a look's record has version 3"), refused.toString());
    }
}
