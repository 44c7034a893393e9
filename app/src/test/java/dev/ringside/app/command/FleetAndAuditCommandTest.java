package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code ringside fleet} and {@code ringside audit}: the processes, and who did what. */
class FleetAndAuditCommandTest extends AgainstFakeControlPlane {
    @Test
    void theFleetIsListedAndASilentRouterIsRetiredWithAReason() {
        control.answer("GET /api/fleet", 200, """
            [{"id": "router-1", "role": "router", "boot": 2, "at": "2026-01-02T03:04:05Z", "live": true,
              "stopped": false, "routing_version": 7, "spool": {"pending": 3, "bytes": 900, "full": false},
              "break_glass": ["eta/PDX"], "standstills": [{"topic": "routing", "partition": 0, "offset": 9,
              "reason": "disk full", "since": "2026-01-02T03:00:00Z"}]},
             {"id": "router-2", "role": "router", "boot": 1, "at": "2026-01-01T00:00:00Z", "live": false,
              "stopped": false, "routing_version": 6, "spool": null, "break_glass": []}]\
            """)
                .answer(
                        "POST /api/fleet/router-2/retire",
                        200,
                        "{\"writer\": \"router-2\", \"role\": \"router\", \"boot\": 1, \"before\": false}");
        assertEquals(0, run("fleet", "list", "--url", control.url()), err.toString());
        assertTrue(out.toString().contains("router-2  router     1  silent  2026-01-01 00:00"), out.toString());
        assertTrue(
                out.toString()
                        .contains("\nrouter-1: topic routing partition 0 stands still at offset 9"
                                + " since 2026-01-02T03:00:00Z: disk full\n"),
                out.toString());
        assertEquals(
                0,
                run("fleet", "retire", "router-2", "--why", "its disk is gone", "--url", control.url()),
                err.toString());
        assertEquals(
                json("{\"why\": \"its disk is gone\"}"), json(control.last().body()));
        assertTrue(out.toString().endsWith("router router-2 is retired\n"), out.toString());
    }

    @Test
    void theAuditSaysWhoDidWhatAndThatNobodyProvedIt() {
        control.answer("GET /api/audit?limit=50&subject=experiment%2Fbetter", 200, """
            [{"id": 7, "at": "2001-04-01T00:00:00Z", "actor": "ada", "verified": false,
              "action": "experiment.start", "subject": "experiment/better", "why": "time to"}]\
            """);
        assertEquals(0, run("audit", "list", "--subject", "experiment/better", "--url", control.url()), err.toString());
        assertEquals("""
            ID  AT                WHO  ACT               ON      WHY
             7  2001-04-01 00:00  ada  experiment.start  better  time to

            WHO is as they said; nobody has proved it.
            """, out.toString());
    }

    @Test
    @DisplayName("P11: the audit fits in 120 columns and has each act once")
    void theAuditFitsIn120ColumnsAndHasEachActOnce() {
        String why =
                "because the numbers of the last weeks say so in each of the regions, and everybody agreed ".repeat(4);
        control.answer("GET /api/audit?limit=50", 200, """
            [{"id": 9, "at": "2001-05-05T00:00:00.123456Z", "wall_at": "2026-01-02T03:04:05.2Z", "actor": "policy",
              "verified": true, "action": "experiment.promote", "subject": "experiment/better/PDX", "why": "%1$s",
              "detail": {}},
             {"id": 8, "at": "2001-05-05T00:00:00.123456Z", "wall_at": "2026-01-02T03:04:05.1Z", "actor": "policy",
              "verified": true, "action": "champion.promote", "subject": "slot/late-arrival", "why": "%1$s",
              "detail": {"segment": "PDX"}},
             {"id": 7, "at": null, "wall_at": "2026-01-01T00:00:00Z", "actor": "ada", "verified": true,
              "action": "champion.set", "subject": "slot/late-arrival", "why": "first", "detail": {"segment": "PDX"}}]
            """.formatted(why));
        assertEquals(0, run("audit", "list", "--url", control.url()), err.toString());
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 120), out.toString());
        assertTrue(
                out.toString().contains(" 9  2001-05-05 00:00  policy  experiment.promote  better/PDX"),
                out.toString());
        assertFalse(out.toString().contains("champion.promote"), out.toString());
        assertTrue(out.toString().contains("champion.set        slot/late-arrival/PDX  first"), out.toString());
    }
}
