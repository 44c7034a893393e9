package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code ringside experiments}: what is shown of a region. */
class ExperimentsCommandTest extends AgainstFakeControlPlane {
    @Test
    void aDocumentWithMistakesIsTheirListAndStatusTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), "name: better\n");
        control.answer(
                "PUT /api/experiments/better?why=x",
                400,
                "{\"error\": \"'slot': missing\\n'kpis[0].minimum_effect': a primary KPI needs one\"}");
        assertEquals(2, run("experiments", "apply", file.toString(), "--why", "x", "--url", control.url()));
        assertEquals("""
            ringside experiments apply: experiment.yaml has 2 mistakes:
              slot: missing
              kpis[0].minimum_effect: a primary KPI needs one
            """, err.toString());
        control.answer("PUT /api/experiments/better?why=x", 409, "{\"error\": \"it runs\"}");
        assertEquals(1, run("experiments", "apply", file.toString(), "--why", "x", "--url", control.url()));
    }

    @Test
    void aStartThatIsAnotherAttemptSaysWhatItMustProve() {
        control.answer("POST /api/experiments/better/start", 200, """
            {"name": "better", "regions": [
              {"segment": "north", "state": "running", "attempt": 2, "promotion_alpha": 0.0125},
              {"segment": "south", "state": "running", "attempt": 1, "promotion_alpha": 0.025},
              {"segment": "west", "state": "stopped", "attempt": 2, "promotion_alpha": null}]}\
            """);
        assertEquals(0, run("experiments", "start", "better", "--why", "x", "--url", control.url()), err.toString());
        assertEquals(
                "experiment better: north, south running; west stopped; north running, attempt 2: must prove more"
                        + " (α 0.0125)\n",
                out.toString());
    }

    @Test
    void anExperimentIsShownWithArmsDifferencesAndVerdicts() {
        control.answer("GET /api/experiments/better", 200, """
            {"name": "better", "slot": "late-arrival", "state": "running",
             "arms": [{"variant": "champion", "weight": 1},
                      {"variant": "challenger", "version": "network-2", "weight": 1}],
             "regions": [
               {"segment": "PDX", "wave": 1, "state": "promoted", "epoch": 1, "verdict": "promote",
                "verdict_text": "Promote the challenger: it is proven better.", "decided_at": "2001-05-05T00:00:00Z",
                "reasons": ["it is proven better.", "The next wave is due."],
                "evidence": {"proven": "better", "look": "look-9"}, "attempt": 2,
                "serving": {"version": "network-2", "by": "policy", "forced": false},
                "holdback": {"share": 0.05, "version": "logistic-1", "ends_at": "2001-06-02T00:00:00Z", "open": true},
                "runs": [{"run": 1, "started_at": "2001-03-01T00:00:00Z", "ended_at": "2001-04-01T00:00:00Z",
                          "state": "rolled_back", "by": "ada", "evidence": {"proven": "not_proven"}}, {"run": 2}],
                "acts": ["roll_back", "end_holdback"],
                "arms": [{"variant": "champion", "version": "logistic-1", "exposed": 3011, "closed_units": 2900,
                          "fell_back": 0, "kpis": [{"kpi": "warning_value", "units": 2900, "mean": 0.0049}]},
                         {"variant": "challenger", "version": "network-2", "exposed": 3012, "closed_units": 2901,
                          "fell_back": 0, "kpis": [{"kpi": "warning_value", "units": 2901, "mean": 0.0349}]}],
                "kpis": [{"kpi": "warning_value", "role": "primary", "difference": 0.03, "lower": 0.01,
                          "upper": 0.05, "interval": "repeated", "as_of": "2001-05-05T00:00:00Z"}]},
               {"segment": "SEA", "wave": 2, "state": "waiting", "verdict": "not_started",
                "verdict_text": "Waits for wave 1.", "acts": ["start", "stop"],
                "waits_for": [{"what": "37 more closed units", "until": "2001-06-01T00:00:00Z"}],
                "serving": {"version": "logistic-1", "by": "ada", "forced": false}}]}\
            """);
        assertEquals(0, run("experiments", "show", "better", "--url", control.url()), err.toString());
        assertEquals("""
            better on late-arrival: running
            champion = the champion at start, weight 1; challenger = network-2, weight 1

            REGION  WAVE  STATE     EPOCH  EVIDENCE       SERVING     BY      ATTEMPT
            PDX        1  promoted      1  proven better  network-2   policy        2
            SEA        2  waiting       -  -              logistic-1  ada           -

            REGION  ARM         VERSION     EXPOSED  CLOSED  FELL BACK
            PDX     champion    logistic-1     3011    2900          0
            PDX     challenger  network-2      3012    2901          0

            REGION  KPI            ROLE     CHAMPION  CHALLENGER  DIFFERENCE     LOWER     UPPER  INTERVAL  AS OF
            PDX     warning_value  primary   0.00490     0.03490    +0.03000  +0.01000  +0.05000  repeated  2001-05-05 00:00

            PDX: Promote the challenger: it is proven better. (2001-05-05 00:00)
              - The next wave is due.
              holdback: 5 % keep logistic-1 until 2001-06-02 00:00
              run 1: 2001-03-01 00:00 to 2001-04-01 00:00, rolled back by ada, not proven
              can be done: roll-back, end-holdback

            SEA: Waits for wave 1.
              waits for 37 more closed units, until 2001-06-01 00:00
              can be done: start, stop
            """, out.toString());
    }

    @Test
    @DisplayName("P1: a promotion by hand is not shown as a proof")
    void aPromotionByHandIsNotShownAsAProof() {
        control.answer("GET /api/experiments/better", 200, """
            {"name": "better", "slot": "late-arrival", "state": "running", "arms": [], "regions": [
               {"segment": "MCI", "wave": 1, "state": "promoted", "epoch": 1, "verdict": "continue",
                "verdict_text": "Promoted by ada: we like it", "evidence": {"proven": "not_proven"},
                "serving": {"version": "network-2", "by": "ada", "forced": true}, "arms": [], "kpis": []}]}\
            """);
        assertEquals(0, run("experiments", "show", "better", "--url", control.url()), err.toString());
        assertTrue(
                out.toString().contains("MCI        1  promoted      1  not proven  network-2  ada, not proven"),
                out.toString());
    }
}
