package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 20,000 requests and files that are nearly right, by the command. */
class FuzzIT {
    @Test
    void whatIsNearlyRightIsRefusedWithAReasonAndNothingElseSuffers(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("fuzz.json");
        Application bench = Application.run(
                folder.resolve("fuzz.out"),
                Duration.ofMinutes(8),
                "bench",
                "fuzz",
                "--requests",
                "20000",
                "--json",
                json.toString());
        assertEquals(0, bench.status(), bench.output());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(0, report.get("violations").asLong(), bench.output());
        assertEquals(20_000, report.get("requests").asLong(), bench.output());
        assertTrue(report.get("right").asLong() > 800, bench.output());
        // Each way was taken, refused and answered.
        for (String answer : List.of("REST 200", "REST 400", "gRPC OK", "gRPC INVALID_ARGUMENT", "file 400")) {
            assertTrue(report.get("answers").path(answer).asLong() > 0, () -> answer + ": " + report);
        }
    }
}
