package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code ringside models}: versions, champions, and files that were made elsewhere. */
class ModelsCommandTest extends AgainstFakeControlPlane {
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
    void aRefusedVersionIsListedAndShownWithTheReasonsOfItsGates() {
        control.answer("GET /api/slots/late-arrival/versions", 200, """
                    [{"slot": "late-arrival", "version": "shuffled", "sha256": "0123456789abcdef", "metrics": {},
                      "ready": false, "servers": [], "champion_of": [], "refused": [
                        {"gate": "above_chance", "passed": false, "reason": "AUC .51 [.49, .53]"},
                        {"gate": "latency", "passed": false, "reason": null}],
                      "registered_at": "2026-01-02T03:04:05Z", "registered_by": "ada",
                      "retired_at": "2026-01-02T03:04:05Z", "retired_by": "gates"}]\
                    """);
        assertEquals(0, run("models", "list", "late-arrival", "--url", control.url()), err.toString());
        assertTrue(out.toString().contains("refused"), out.toString());
        assertEquals(0, run("models", "show", "late-arrival", "shuffled", "--url", control.url()), err.toString());
        assertTrue(out.toString().contains("""
            refused by the gates of its training: it never serves
              above_chance: AUC .51 [.49, .53]
              latency
            file sha256 0123456789abcdef
            """), out.toString());
    }

    @Test
    void aVersionsStoryIsToldFromItsDataToWhereItServed() {
        control.answer("GET /api/slots", 200, "[{\"name\": \"late-arrival\"}]")
                .answer("GET /api/slots/late-arrival/versions/retrained/lineage", 200, """
                    {"slot": "late-arrival", "version": "retrained", "sha256": "0123456789abcdef", "registered_at":
                     "2026-01-02T03:04:05Z", "registered_by": "ada", "run": {"data_sha256": "fedcba9876543210", "log":
                     {"slot": "late-arrival", "from": "2001-04-01T00:00:00Z", "to": "2001-06-01T00:00:00Z", "outcome": "late",
                      "window": "36h", "experiments": true, "offsets": {"0": 12, "1": 13}}, "configuration_sha256":
                      "aaaaaaaaaaaabbbb", "seed": 7, "software": "ringside 1", "parent": null},
                     "gates": [{"gate": "parity", "passed": true, "reason": "the same"}, {"gate": "latency", "passed": true}],
                     "comparisons": [{"experiment": "retrained", "segment": "PDX", "variant": "challenger", "against":
                      "network-2", "state": "promoted", "proven": "better", "look": "l1", "started_at": "2001-06-01T00:00:00Z",
                      "ended_at": "2001-06-24T00:00:00Z", "ended_by": "policy"}],
                     "reigns": [{"segment": "PDX", "since": "2001-06-24T00:00:00Z", "lasts": true, "by": "policy", "act":
                      "promote", "why": null}]}\
                    """);
        assertEquals(0, run("models", "lineage", "retrained", "--url", control.url()), err.toString());
        assertEquals("""
            late-arrival/retrained
            data        sha256 fedcba987654, rows of the log of late-arrival from 2001-04-01 00:00 to 2001-06-01 00:00, outcome late within 36h, units of experiments too, read to offsets 0:12 1:13
            run         ringside 1, document sha256 aaaaaaaaaaaa, seed 7
            version     file sha256 0123456789ab, registered 2026-01-02 03:04 by ada
            gate        parity passed: the same
            gate        latency passed
            experiment  retrained in PDX, as challenger against network-2, from 2001-06-01 00:00 to 2001-06-24 00:00
            verdict     promoted by policy, the challenger is proven better by look l1
            champion    of PDX, since 2001-06-24 00:00, promote by policy
            """, out.toString());
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
    void aDefaultChampionSaysWhichSegmentsKeepTheirOwn() {
        control.answer(
                "POST /api/slots/risk/champion",
                200,
                "{\"slot\": \"risk\", \"version\": \"v2\", \"champions\": {\"north\": \"v1\"}, \"history\": []}");
        assertEquals(0, run("models", "promote", "risk", "v2", "--why", "x", "--url", control.url()), err.toString());
        assertEquals("risk: v2 is champion by default; north keeps v1, its own\n", out.toString());
    }

    @Test
    void aVersionOfASlotWithAChampionIsTriedAgainstIt() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "onnx");
        control.answer("GET /api/slots/risk", 200, "{\"name\": \"risk\", \"default_champion\": \"v1\"}")
                .answer("POST /api/artefacts", 201, "{\"sha256\": \"abc\"}")
                .answer("GET /api/artefacts/abc/model", 200, "{\"sha256\": \"abc\", \"format\": \"onnx\"}")
                .answer("POST /api/slots/risk/versions", 201, "{}")
                .answer(
                        "GET /api/slots/risk/versions",
                        200,
                        "[{\"version\": \"v2\", \"ready\": true}, {\"version\": \"v1\", \"ready\": true}]");
        assertEquals(0, run("models", "register", "risk", "v2", file.toString(), "--url", control.url()));
        assertTrue(
                out.toString().endsWith("try it against v1: ./ringside experiments apply -f … (docs/experiments.md)\n"),
                out.toString());
        assertEquals(0, run("models", "register", "risk", "v1", file.toString(), "--url", control.url()));
        assertTrue(out.toString().endsWith("it is the slot's champion by default\n"), out.toString());
        control.answer("GET /api/slots/risk", 200, "{\"name\": \"risk\", \"default_champion\": null}");
        assertEquals(0, run("models", "register", "risk", "v1", file.toString(), "--url", control.url()));
        assertTrue(
                out.toString().endsWith("make it champion: ./ringside models promote risk v1 --why …\n"),
                out.toString());
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
}
