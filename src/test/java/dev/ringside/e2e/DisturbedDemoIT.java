package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three weeks of the demo: whatever happens to the processes, the evidence is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisturbedDemoIT {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private Path folder;
    private JsonNode undisturbed;

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        undisturbed = demo("undisturbed", "28070");
    }

    private JsonNode demo(String name, String port, String... more) throws IOException, InterruptedException {
        Path json = folder.resolve(name + ".json");
        var arguments = new ArrayList<>(List.of(
                "demo",
                "--exit",
                "--until",
                "2001-04-22",
                "--json",
                json.toString(),
                "--data-dir",
                folder.resolve(name).toString(),
                "--port",
                port));
        arguments.addAll(List.of(more));
        Application run = Application.run(folder.resolve(name + ".out"), LIMIT, arguments.toArray(String[]::new));
        assertEquals(0, run.status(), run.output());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, report.get("books").get("lost").asLong(), run.output());
        assertEquals(0, report.get("fallbacks").asLong(), run.output());
        return report;
    }

    /** What must not depend on how the processes fared. */
    private static List<String> evidence(JsonNode report) {
        var lines = new ArrayList<String>();
        report.get("regions")
                .forEach(r -> lines.add(String.join(
                        " ",
                        r.get("experiment").asText(),
                        r.get("region").asText(),
                        r.get("exposures").toString(),
                        r.get("verdict").asText(),
                        r.get("evidence_digest").toString())));
        return lines;
    }

    @Test
    void killingEverythingThreeTimesChangesNoEvidenceAndLosesNothing() throws IOException, InterruptedException {
        assertEquals(evidence(undisturbed), evidence(demo("chaos", "28170", "--chaos")));
    }

    @Test
    void eachRoleInAProcessOfItsOwnGivesTheSameEvidence() throws IOException, InterruptedException {
        assertEquals(evidence(undisturbed), evidence(demo("split", "28270", "--split")));
    }
}
