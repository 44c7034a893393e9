package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The examples of deep networks: {@code vanishing.yaml} on a part of its rows, {@code sequences.yaml} as it is. */
@Tag("slow")
class DeepNetworksTest {
    private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

    @TempDir
    private Path folder;

    private JsonNode metrics(String document, int expected) throws IOException {
        Path written = Files.writeString(folder.resolve("document.yaml"), document);
        Path result = folder.resolve("result.json");
        var errors = new StringWriter();
        CommandLine command = Train.command();
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(errors, true));
        int status = command.execute(
                written.toString(),
                "--offline",
                "--out",
                folder.resolve("models").toString(),
                "--json",
                result.toString());
        assertEquals(expected, status, errors::toString);
        return Json.read(Files.readString(result), JsonNode.class).path("metrics");
    }

    /** A quarter of the rows, and a smaller batch, so that there are about as many steps. */
    private JsonNode vanishing(String remedy, int expected) throws IOException {
        assumeTrue(
                Files.exists(Path.of("../../shared/data/adult-train.csv")),
                "no Adult data in the folder shared/data beside the checkout, where the example looks for it");
        String sql = Files.readString(EXAMPLES.resolve("adult.sql")).strip();
        Files.writeString(folder.resolve("some.sql"), "SELECT * FROM (\n" + sql + "\n) WHERE hash(fnlwgt) % 4 = 0");
        String document = Files.readString(EXAMPLES.resolve("vanishing.yaml"))
                .replace(
                        "../../../shared",
                        Path.of("../../shared").toAbsolutePath().toString())
                .replace("source: adult.sql", "source: some.sql")
                .replace("batch: 256", "batch: 64");
        assertTrue(document.contains(remedy));
        if (remedy.contains("activation")) {
            document = document.replace("  activation: sigmoid\n", "");
        }
        return metrics(document.replace("\n  " + remedy, "\n  " + remedy.substring(1)), expected);
    }

    private void assertServed(String version) throws Exception {
        ServedModel.assertScoresAsTrained(
                folder.resolve("document.yaml"), null, folder.resolve("models").resolve(version));
    }

    private static double ratio(JsonNode metrics) {
        return metrics.path("gradient_norm.layer1.weight").asDouble()
                / metrics.path("gradient_norm.layer16.weight").asDouble();
    }

    @Test
    void sixteenLayersOfTheLogisticFunctionLearnNothing() throws Exception {
        JsonNode metrics = vanishing("# How", 1);

        assertTrue(ratio(metrics) < 1e-10, metrics::toString);
        assertEquals(0.5, metrics.path("test_auc").asDouble(), 0.1, metrics::toString);
        assertServed("income/vanishing-1");
    }

    @ParameterizedTest
    @CsvSource({
        "#activation: relu, 0.87",
        "#normalisation: batch, 0.83",
        "#residual: true, 0.87",
        "#pretraining: 3, 0.83"
    })
    void eachRemedyByItselfLearns(String remedy, double least) throws IOException {
        JsonNode metrics = vanishing(remedy, 0);

        assertTrue(ratio(metrics) > 1e-4, metrics::toString);
        assertTrue(metrics.path("test_auc").asDouble() > least, metrics::toString);
    }

    @Test
    void anLstmRemembersTheBeginningOfASequenceAndAPlainRecurrentNetDoesNot() throws Exception {
        Files.copy(EXAMPLES.resolve("sequences.csv"), folder.resolve("sequences.csv"));
        String document = Files.readString(EXAMPLES.resolve("sequences.yaml"));

        double gated = metrics(document, 0).path("test_auc").asDouble();
        assertServed("sequences/lstm-1");
        double plain = metrics(
                        document.replace(
                                "kind: lstm, steps: 40, hidden: 32, forget_bias: 4",
                                "kind: recurrent, steps: 40, hidden: 32"),
                        0)
                .path("test_auc")
                .asDouble();

        assertTrue(gated > 0.97, "LSTM " + gated);
        assertTrue(plain < 0.9, "recurrent " + plain);
    }
}
