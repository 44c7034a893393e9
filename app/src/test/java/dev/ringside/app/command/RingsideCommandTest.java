package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.InstallFile;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What all commands have in common: help, statuses, where they ask, how they answer. */
class RingsideCommandTest extends AgainstFakeControlPlane {
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
    @DisplayName("P11: every command says what its exit status means")
    void everyCommandSaysWhatItsExitStatusMeans() {
        assertEquals(0, run("models", "list", "--help"));
        assertTrue(out.toString().contains("Exit status:"), out.toString());
        assertTrue(out.toString().contains("3   nothing could be reached"), out.toString());
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
        for (String way : List.of("--url", "--data-dir", "$RINGSIDE_URL")) {
            assertTrue(err.toString().contains(way), err.toString());
        }
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
    void aStoppedPlatformsFolderNeverReachesAnotherInstallation() throws IOException {
        String id = InstallFile.open(DataFolder.open(folder), Instant.EPOCH).id();
        Files.writeString(folder.resolve("ports.json"), "{\"url\": \"" + control.url() + "\", \"roles\": {}}");
        control.answer(
                "POST /api/experiments/better/start", 421, "{\"error\": \"the Ringside on data folder /data/b\"}");
        String dataDir = "--data-dir=" + folder;
        assertEquals(3, run("experiments", "start", "better", "--why", "x", dataDir));
        assertEquals(id, control.last().install());
        assertEquals(
                "ringside experiments start: the platform of " + folder + " does not run: " + control.url()
                        + " is the Ringside on data folder /data/b; start it with './ringside up --data-dir " + folder
                        + "', or ask the other with --url " + control.url() + "\n",
                err.toString());
        control.answer("GET /v2/health/live", 421, "{\"error\": \"the Ringside on data folder /data/b\"}");
        Path training = Files.writeString(folder.resolve("c.yaml"), "{}");
        assertEquals(3, run("train", training.toString(), "--data", "x.csv", dataDir), err.toString());
        assertEquals("GET /v2/health/live", control.last().request());
    }

    @Test
    void aFolderThatNamesNoAddressIsNotLookedForAtTheDefaultOne() {
        assertEquals(3, run("models", "list", "--data-dir", folder.toString()));
        assertEquals(
                "ringside models list: the platform of " + folder + " does not run: the folder names no address"
                        + " (ports.json); start it with './ringside up --data-dir " + folder
                        + "', or ask another one with --url\n",
                err.toString());
    }

    @Test
    void anAddressThatIsSaidIsAskedWhoeverIsThere() throws IOException {
        InstallFile.open(DataFolder.open(folder), Instant.EPOCH);
        control.answer("GET /api/experiments", 200, "[]");
        assertEquals(0, run("experiments", "list", "--data-dir", folder.toString(), "--url", control.url()));
        assertNull(control.last().install());
    }

    @Test
    void whatTheServerRefusesIsPrintedInItsWords() {
        control.answer("POST /api/experiments/better/start", 409, "{\"error\": \"experiment 'better' has started\"}");
        assertEquals(1, run("experiments", "start", "better", "--why", "x", "--url", control.url()));
        assertEquals("ringside experiments start: experiment 'better' has started\n", err.toString());
    }

    @Test
    void jsonIsTheAnswerOfTheApi() {
        String slots = "[{\"name\": \"late-arrival\", \"segments\": [\"PDX\"], \"new_field\": 1}]";
        control.answer("GET /api/slots", 200, slots);
        assertEquals(0, run("slots", "list", "--json", "--url", control.url()), err.toString());
        assertEquals(json(slots), json(out.toString()));
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
}
