package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.moments.Moments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a plan is foretold from: what is said, and what others of its slot have shown. */
class LintCommandTest extends AgainstFakeControlPlane {
    private static final String SLOT =
            "{\"name\": \"late-arrival\", \"segments\": [\"PDX\", \"SEA\"], \"versions\": [\"v1\", \"v2\"]}";

    @Test
    void whatCannotBeAppliedIsNotApproved() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), """
            name: better
            slot: late-arrival
            segments: [PDX, SEE]
            arms: [{variant: champion}, {variant: challenger, version: v9}]
            kpis: [{name: paid, kind: proportion, role: primary}]
            """);
        control.answer("GET /api/slots/late-arrival", 200, SLOT);
        String[] lint = {
            "experiments", "lint", file.toString(), "--units-per-day", "sout=200", "--rate", "payd=0.3", "--url", ""
        };
        lint[8] = control.url();
        assertEquals(2, run(lint));
        assertEquals("""
            ringside experiments lint: experiment.yaml with the command has 5 mistakes:
              kpis[0].minimum_effect: a primary KPI needs one, such as 0.02: the smallest difference worth finding
              segments[1]: slot 'late-arrival' has no segment 'SEE'; its segments are PDX, SEA, other
              arms[1].version: slot 'late-arrival' has no version 'v9'; registered are v1, v2
              --units-per-day sout: the experiment has no segment 'sout'; it has PDX, SEE
              --rate payd: no such KPI; did you mean paid?
            """, err.toString());
        err.getBuffer().setLength(0);
        lint[8] = "http://127.0.0.1:9";
        assertEquals(2, run(lint), "those of the document and the command anyway");
        assertTrue(err.toString().contains("has 3 mistakes:"), err.toString());
        err.getBuffer().setLength(0);
        control.answer("GET /api/slots/late-arrival", 404, "{\"error\": \"slot 'late-arrival' does not exist\"}");
        assertEquals(2, run("experiments", "lint", file.toString(), "--url", control.url()));
        assertTrue(err.toString().contains("  slot: slot 'late-arrival' does not exist"), err.toString());
    }

    @Test
    void aPlanIsLookedAtAtTheTrafficThatIsSaidOrThatOthersHaveShown() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), """
            name: better
            slot: late-arrival
            segments: [PDX, SEA]
            arms: [{variant: champion}, {variant: challenger, version: v2}]
            kpis: [{name: booked, kind: proportion, role: primary, minimum_effect: 0.02}]
            """);
        control.answer("GET /api/slots/late-arrival", 200, SLOT)
                .answer(
                        "GET /api/experiments",
                        200,
                        "[{\"name\": \"older\", \"slot\": \"late-arrival\", \"started_at\": \"x\"}]")
                .answer("GET /api/experiments/older", 200, """
                    {"coverage": "50%", "regions": [{"segment": "PDX", "started_at": "2001-05-01T00:00:00Z",
                      "ended_at": "2001-05-11T00:00:00Z", "arms": [
                        {"variant": "champion", "exposed": 5000, "kpis": [{"kpi": "booked", "mean": 0.1}]},
                        {"variant": "challenger", "exposed": 5000, "kpis": []}]}]}\
                    """);
        assertEquals(0, run("experiments", "lint", "-f", file.toString(), "--url", control.url()), err.toString());
        assertTrue(out.toString().contains("wave 1  booked"), out.toString());
        String shown = out.toString();
        assertEquals(
                0,
                run(
                        "experiments",
                        "lint",
                        "-f",
                        file.toString(),
                        "--url",
                        control.url(),
                        "--units-per-day",
                        "PDX=2000",
                        "--rate",
                        "booked=0.1"),
                err.toString());
        assertEquals(shown + shown, out.toString());
        assertEquals(0, run("experiments", "lint", file.toString(), "--url", "http://127.0.0.1:9"));
        assertTrue(out.toString().contains("say --units-per-day SEGMENT=N"), out.toString());
    }

    /** Half of the units are worth 3, half 5: a deviation of 1, as if that were said. */
    @Test
    void theDeviationOfAMeanIsLearntFromWhatTheLastLookWasMadeFrom() throws IOException {
        Moments moments = Moments.NONE;
        for (int unit = 0; unit < 2_000; unit++) {
            moments = moments.plus(Moments.ofUnit(unit, unit % 2 == 0 ? 3_000_000 : 5_000_000));
        }
        String kpi = "{name: spent, kind: mean, role: primary, minimum_effect: 0.05%s}";
        String sums = Json.write(moments);
        control.answer("GET /api/slots/late-arrival", 200, SLOT)
                .answer(
                        "GET /api/experiments",
                        200,
                        "[{\"name\": \"older\", \"slot\": \"late-arrival\", \"started_at\": \"x\"}]")
                .answer("GET /api/experiments/older", 200, """
                    {"coverage": "100%", "kpis": [{"name": "spent", "kind": "mean", "role": "guardrail", "margin": 0.5}],
                     "regions": [{"segment": "PDX", "look_id": "9", "started_at": "2001-05-01T00:00:00Z",
                      "ended_at": "2001-05-11T00:00:00Z", "arms": [{"variant": "champion", "exposed": 5000, "kpis": []}]}]}\
                    """)
                .answer("GET /api/looks/9", 200, """
                    {"record": {"evidence": {"strata": [
                      {"segment": "SEA", "arms": [{"moments": {}}]},
                      {"segment": "PDX", "arms": [{"moments": {"spent": %s}}, {"moments": {}}]}]}}}\
                    """.formatted(sums));

        assertEquals(0, lint(kpi.formatted("")), err.toString());
        String learnt = out.toString();
        assertTrue(learnt.contains("wave 1  spent"), learnt);
        out.getBuffer().setLength(0);
        assertEquals(0, lint(kpi.formatted(""), "--deviation", "spent=1.00025"), err.toString());
        assertEquals(learnt, out.toString());

        out.getBuffer().setLength(0);
        assertEquals(0, lint(kpi.formatted(", winsor_cap: 4")), err.toString());
        assertFalse(out.toString().contains("wave 1  spent"), "values that are cut are others: " + out);
    }

    private int lint(String kpi, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("mean.yaml"), """
            name: better
            slot: late-arrival
            segments: [PDX]
            arms: [{variant: champion}, {variant: challenger, version: v2}]
            kpis: [%s]
            """.formatted(kpi));
        String[] all = new String[5 + more.length];
        System.arraycopy(new String[] {"experiments", "lint", file.toString(), "--url", control.url()}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return run(all);
    }
}
