package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchServingCommandTest extends AgainstFakeControlPlane {
    @Test
    void mistakesOfTheCommandAreToldBeforeAnythingIsMeasured() {
        assertEquals(2, run("bench", "serving", "--only", "engine"));
        assertEquals(2, run("bench", "serving", "--rounds", "0"));
        assertEquals(2, run("bench", "serving", "--millis", "0"));
        assertEquals(2, run("bench", "serving", "--swaps", "0"));
        assertEquals(2, run("bench", "serving", "--only", "peer_ratio"));
        assertEquals(2, run("bench", "serving", "--peer", "localhost"));
        assertEquals(
                2,
                run(
                        "bench",
                        "serving",
                        "--json",
                        folder.resolve("none/out.json").toString()));
        assertTrue(err.toString().contains("found engine"), err.toString());
        assertTrue(err.toString().contains("'--peer': expected the address of the server"), err.toString());
        assertTrue(err.toString().contains("such as http://127.0.0.1:8000, found localhost"), err.toString());
        assertTrue(err.toString().contains("'--rounds': expected 1 or more, found 0"), err.toString());
        assertTrue(err.toString().contains("'--json': expected a file in a folder that exists"), err.toString());
    }

    @Test
    void aMeasureIsTakenShownAndWritten() throws Exception {
        Path file = folder.resolve("serving.json");
        assertEquals(
                0,
                run(
                        "bench",
                        "serving",
                        "--only",
                        "idle_wait_ms",
                        "--rounds",
                        "1",
                        "--millis",
                        "20",
                        "--json",
                        file.toString()));
        assertTrue(out.toString().contains("| `idle_wait_ms` | "), out.toString());
        assertEquals(
                "idle_wait_ms",
                Json.read(Files.readAllBytes(file), JsonNode.class)
                        .at("/measures/0/key")
                        .asText());
    }

    @Test
    void theNetworksAreWrittenForAnotherServer() {
        assertEquals(0, run("bench", "serving", "--write-networks", folder.toString()));
        assertTrue(Files.exists(folder.resolve("64-32-1/1/model.onnx")), out.toString());
        assertTrue(Files.exists(folder.resolve("512-512-1/1/model.onnx")), out.toString());
    }

    @Test
    void measuresAreNamed() {
        assertEquals(0, run("bench", "serving", "--list"));
        assertEquals(16, out.toString().lines().count(), out.toString());
    }
}
