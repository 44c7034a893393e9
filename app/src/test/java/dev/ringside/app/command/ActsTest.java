package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commands that change something: who, where and why go with them, and a document as it is. */
class ActsTest extends AgainstFakeControlPlane {
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
}
