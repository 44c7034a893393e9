package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The example {@code examples/adult.yaml} on the official split. */
@Tag("slow")
class AdultExampleTest {
    /** What XGBoost reaches untuned, measured with its own API on the same split. */
    private static final double UNTUNED = 0.9271;

    @TempDir
    private Path folder;

    @Test
    void treesOnAdultAreNoWorseThanXgboostByItself() throws Exception {
        assumeTrue(
                Files.exists(Path.of("../../shared/data/adult-train.csv")),
                "no Adult data in the folder shared/data beside the checkout, where the example looks for it");
        Path result = folder.resolve("result.json");
        var errors = new StringWriter();
        CommandLine command = Train.command();
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(errors, true));

        int status = command.execute(
                "examples/adult.yaml",
                "--offline",
                "--out",
                folder.resolve("models").toString(),
                "--json",
                result.toString());

        assertEquals(0, status, errors::toString);
        JsonNode metrics = Json.read(Files.readString(result), JsonNode.class).path("metrics");
        assertEquals(16_281, metrics.path("test_rows").asInt());
        assertTrue(metrics.path("test_auc").asDouble() >= UNTUNED, metrics::toString);
    }
}
