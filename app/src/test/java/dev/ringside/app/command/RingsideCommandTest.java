package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RingsideCommandTest {
    @TempDir
    Path folder;

    private FakeControlPlane control;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        control = new FakeControlPlane();
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private int run(String... arguments) {
        CommandLine line = RingsideCommand.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    @Test
    void everyCommandHasHelp() {
        CommandLine line = RingsideCommand.commandLine();
        assertTrue(line.getSubcommands()
                .keySet()
                .containsAll(List.of(
                        "demo", "up", "train", "replay", "models", "experiments", "slots", "fleet", "audit", "bench")));
        for (String group : new String[] {"models", "experiments", "slots", "fleet", "audit", "bench"}) {
            for (String verb : line.getSubcommands().get(group).getSubcommands().keySet()) {
                assertEquals(0, run(group, verb, "--help"), group + " " + verb);
            }
        }
        assertEquals(0, run("--help"));
        assertEquals(0, run("demo", "--help"));
        assertEquals("", err.toString());
    }

    @Test
    void aCommandThatIsMissingOrUnknownIsAMistakeOfUsage() {
        assertEquals(2, run());
        assertEquals(2, run("experiments"));
        assertEquals(2, run("experiments", "begin"));
        assertEquals(2, run("experiments", "start"));
        assertEquals(2, run("models", "list", "--url", "localhost:7070"));
        assertTrue(err.toString().contains("expected such as http://127.0.0.1:7070"), err.toString());
    }

    @Test
    void demoRefusesWhatItCannotDoBeforeItStartsAnything() {
        assertEquals(2, run("demo", "--until", "soon"));
        assertEquals(2, run("demo", "--until", "2001-03-01"));
        assertEquals(2, run("demo", "--rows", "0"));
        assertEquals(2, run("demo", "--port", "80"));
        assertEquals(2, run("demo", "--json", folder.resolve("none/out.json").toString()));
        assertTrue(err.toString().contains("'--until': expected a day after 2001-04-01"), err.toString());
        assertTrue(err.toString().contains("'port': expected a base port"), err.toString());
    }

    @Test
    void whereNothingAnswersTheAddressIsNamedAndHowToStartOne() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertEquals(3, run("experiments", "list", "--url", "http://127.0.0.1:" + free));
        assertTrue(
                err.toString().startsWith("ringside experiments list: nothing answers at http://127.0.0.1:" + free),
                err.toString());
        assertTrue(err.toString().contains("ringside up"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
    }

    @Test
    void theAddressIsThatOfTheDataFolder() throws IOException {
        control.answer("GET /api/experiments", 200, "[]");
        Files.writeString(folder.resolve("ports.json"), "{\"url\": \"" + control.url() + "\", \"roles\": {}}");
        assertEquals(0, run("experiments", "list", "--data-dir", folder.toString()), err.toString());
        assertTrue(out.toString().contains("no experiment yet"), out.toString());
    }

    @Test
    void whatTheServerRefusesIsPrintedInItsWords() {
        control.answer("POST /api/experiments/better/start", 409, "{\"error\": \"experiment 'better' has started\"}");
        assertEquals(1, run("experiments", "start", "better", "--why", "x", "--url", control.url()));
        assertEquals("ringside experiments start: experiment 'better' has started\n", err.toString());
    }

    @Test
    void anActCarriesWhoWhereAndWhy() {
        control.answer("POST /api/experiments/better/roll-back", 200, "{}");
        assertEquals(
                0,
                run(
                        "experiments",
                        "roll-back",
                        "better",
                        "--segment",
                        "PDX",
                        "--as",
                        "ada",
                        "--why",
                        "looks bad",
                        "--url",
                        control.url()),
                err.toString());
        assertEquals("ada", control.last().actor());
        assertEquals(
                json("{\"segment\": \"PDX\", \"why\": \"looks bad\"}"),
                json(control.last().body()));
    }

    @Test
    void aNameThatIsNotAsciiCrossesTheHeaderEncoded() {
        control.answer("POST /api/experiments/better/stop", 200, "{}");
        assertEquals(
                0,
                run("experiments", "stop", "better", "--as", "Jürgen", "--why", "x", "--url", control.url()),
                err.toString());
        assertEquals("UTF-8''J%C3%BCrgen", control.last().actor());
    }

    @Test
    void promotingAModelSendsTheVersionAndWhatWasExpected() {
        control.answer(
                "POST /api/slots/late-arrival/champion",
                200,
                "{\"slot\": \"late-arrival\", \"version\": \"network-2\", \"history\": [{\"version\": \"network-2\"},"
                        + " {\"version\": \"logistic-1\"}]}");
        assertEquals(
                0,
                run(
                        "models",
                        "promote",
                        "late-arrival",
                        "network-2",
                        "--expected",
                        "logistic-1",
                        "--why",
                        "it is better",
                        "--url",
                        control.url()),
                err.toString());
        assertEquals(
                json("{\"expected\": \"logistic-1\", \"version\": \"network-2\", \"why\": \"it is better\"}"),
                json(control.last().body()));
        assertEquals("late-arrival: network-2 is champion by default, before it was logistic-1\n", out.toString());
    }

    @Test
    void aDocumentGoesAsItIsUnderTheNameThatItHas() throws IOException {
        String document = """
            name: better # the best
            slot: late-arrival
            segments: [PDX]
            arms: [{variant: champion}, {variant: challenger, version: v2}]
            kpis: [{name: revenue, kind: mean, role: primary, minimum_effect: 2}]
            """;
        Path file = Files.writeString(folder.resolve("experiment.yaml"), document);
        control.answer(
                "PUT /api/experiments/better?why=to%20try",
                200, "{\"name\": \"better\", \"slot\": \"late-arrival\", \"state\": \"draft\"}");
        assertEquals(
                0,
                run("experiments", "apply", "-f", file.toString(), "--why", "to try", "--url", control.url()),
                err.toString());
        assertEquals(
                "experiment better on late-arrival: draft; start it with 'ringside experiments start better --why …'",
                out.toString().lines().findFirst().orElseThrow());
        assertTrue(out.toString().contains("! revenue: no winsor_cap"), out.toString());
        assertEquals("application/yaml", control.last().contentType());
        assertEquals(document, control.last().body());
    }

    @Test
    void aDocumentWithoutANameOrAFileThatIsNotThereIsAMistake() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), "slot: late-arrival\n");
        assertEquals(2, run("experiments", "apply", "-f", file.toString(), "--why", "x", "--url", control.url()));
        assertTrue(err.toString().contains("name': missing"), err.toString());
        assertEquals(
                2,
                run("slots", "apply", "-f", folder.resolve("none").toString(), "--why", "x", "--url", control.url()));
        assertTrue(err.toString().contains("found none at"), err.toString());
    }

    @Test
    void jsonIsTheAnswerOfTheApi() {
        String slots = "[{\"name\": \"late-arrival\", \"segments\": [\"PDX\"], \"new_field\": 1}]";
        control.answer("GET /api/slots", 200, slots);
        assertEquals(0, run("slots", "list", "--json", "--url", control.url()), err.toString());
        assertEquals(json(slots), json(out.toString()));
    }

    @Test
    void theVersionsOfTheOnlySlotAreListedWithoutNamingIt() {
        control.answer("GET /api/slots", 200, "[{\"name\": \"late-arrival\"}]")
                .answer("GET /api/slots/late-arrival/versions", 200, """
                    [{"version": "logistic-1", "sha256": "0123456789abcdef", "metrics": {"test_auc": 0.62137},
                      "ready": true, "champion_of": ["PDX", "default"], "registered_at": "2026-01-02T03:04:05Z",
                      "registered_by": "ada"}]\
                    """);
        assertEquals(0, run("models", "list", "--url", control.url()), err.toString());
        assertEquals("""
            VERSION     DIGEST        SCORE       READY  CHAMPION OF   REGISTERED        BY
            logistic-1  0123456789ab  auc 0.6214  yes    PDX, default  2026-01-02 03:04  ada
            """, out.toString());
        assertEquals(1, run("models", "show", "late-arrival", "x", "--url", control.url()));
        assertTrue(err.toString().contains("it has [logistic-1]"), err.toString());
    }

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

    @Test
    @DisplayName("P4: an act without a reason is not sent")
    void anActWithoutAReasonIsNotSent() throws IOException {
        Path file = Files.writeString(folder.resolve("slot.yaml"), "name: eta\n");
        for (String[] act : new String[][] {
            {"experiments", "promote", "better"},
            {"experiments", "pause", "better"},
            {"experiments", "delete", "better"},
            {"experiments", "apply", "-f", file.toString()},
            {"slots", "apply", "-f", file.toString()},
            {"models", "promote", "eta", "v1"},
            {"models", "roll-back", "eta"},
            {"models", "retire", "eta", "v1"},
            {"models", "restore", "eta", "v1"},
            {"models", "delete", "eta", "v1"},
            {"fleet", "retire", "router-1"}
        }) {
            List<String> said = new ArrayList<>(List.of(act));
            said.addAll(List.of("--url", control.url()));
            assertEquals(2, run(said.toArray(String[]::new)), () -> String.join(" ", act));
        }
        assertTrue(err.toString().contains("--why is missing: say the reason"), err.toString());
        assertEquals(0, control.count());
    }

    @Test
    @DisplayName("P11: who only reads is not asked who they are")
    void whoOnlyReadsIsNotAskedWhoTheyAre() {
        assertEquals(2, run("experiments", "list", "--as", "ada", "--url", control.url()));
        assertTrue(err.toString().contains("Unknown option"), err.toString());
    }

    @Test
    @DisplayName("P11: the API's answer is printed as JSON or as YAML that can be read again")
    void theAnswerIsPrintedAsJsonOrYaml() {
        String slot = "{\"name\": \"007\", \"segments\": [\"NO\", \"PDX\"], \"deadline\": \"1s\", \"share\": 0.5}";
        control.answer("GET /api/slots/007", 200, slot);
        assertEquals(0, run("slots", "show", "007", "-o", "yaml", "--url", control.url()), err.toString());
        assertEquals(json(slot), json(Json.write(Json.readYaml(out.toString(), JsonNode.class))));
        assertTrue(out.toString().contains("name: \"007\""), out.toString());
        assertEquals(2, run("slots", "show", "007", "-o", "xml", "--url", control.url()));
    }

    @Test
    @DisplayName("P11: every command says what its exit status means")
    void everyCommandSaysWhatItsExitStatusMeans() {
        assertEquals(0, run("models", "list", "--help"));
        assertTrue(out.toString().contains("Exit status:"), out.toString());
        assertTrue(out.toString().contains("3   nothing could be reached"), out.toString());
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

    @Test
    @DisplayName("P6: a model that was made elsewhere is registered by its file, and its slot made of it")
    void aModelThatWasMadeElsewhereIsRegisteredByItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "onnx");
        String signature = "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP64\", \"shape\": [-1, 4]}],"
                + " \"outputs\": [{\"name\": \"y\", \"datatype\": \"FP32\", \"shape\": [-1, 1]}]}";
        control.answer("POST /api/artefacts", 201, "{\"sha256\": \"abc\"}")
                .answer(
                        "GET /api/artefacts/abc/model",
                        200,
                        "{\"sha256\": \"abc\", \"format\": \"onnx\", \"signature\": " + signature + "}")
                .answer("PUT /api/slots/iris?why=made%20with%20version%201.10%20from%20model.onnx", 200, "{}")
                .answer("POST /api/slots/iris/versions", 201, "{\"version\": \"1.10\"}")
                .answer(
                        "GET /api/slots/iris/versions",
                        200,
                        "[{\"version\": \"1.10\", \"ready\": true, \"servers\": [{\"id\": \"serving-1\", \"ready\":"
                                + " true}]}]");

        assertEquals(1, run("models", "register", "iris", "1.10", file.toString(), "--url", control.url()));
        assertTrue(err.toString().contains("add --create-slot"), err.toString());
        assertEquals(
                0,
                run(
                        "models",
                        "register",
                        "iris",
                        "1.10",
                        file.toString(),
                        "--create-slot",
                        "--segments",
                        "LIS,OPO",
                        "--segment-attribute",
                        "region",
                        "--unit-type",
                        "rider",
                        "--metric",
                        "auc=.71",
                        "--description",
                        "by hand",
                        "--as",
                        "ada",
                        "--url",
                        control.url()),
                err.toString());

        assertEquals(
                json("{\"slot\": \"iris\", \"version\": \"1.10\", \"format\": \"onnx\", \"sha256\": \"abc\","
                        + " \"metrics\": {\"auc\": 0.71}, \"description\": \"by hand\", \"signature\": " + signature
                        + "}"),
                json(control.sent("POST /api/slots/iris/versions").body()));
        assertEquals("ada", control.last().actor());
        assertTrue(out.toString().contains("ready at serving-1"), out.toString());
        assertTrue(out.toString().startsWith("slot iris is made; iris/1.10 is registered"), out.toString());
        assertTrue(out.toString().contains("input   x       FP64  [-1, 4]"), out.toString());
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
        control.answer(
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
}
