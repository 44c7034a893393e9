package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.preparation.Preparation;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.validation.Association;
import dev.ringside.training.validation.ValidationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the examples, validated and not trained on; those of the demo are trained on in {@link DemoTrainingTest}. */
class ExampleValidationTest {
    @TempDir
    private Path folder;

    private static ValidationReport validated(Path document) throws IOException {
        ValidationReport report = new Preparation(
                        ConfigurationReader.read(document, null, null),
                        List.of(),
                        Progress.of(false, new PrintWriter(Writer.nullWriter())))
                .validated();
        report.requireSound("");
        return report;
    }

    /** The example with its data where this machine has them. */
    private Path example(String name) throws IOException {
        assumeTrue(SharedFolder.hasData(), "no folder of data sets beside the checkout");
        String text = Files.readString(Path.of("examples", name + ".yaml"))
                .replace(
                        "../../../shared/data",
                        SharedFolder.data().toAbsolutePath().toString())
                .replace(
                        "source: adult.sql",
                        "source: " + Path.of("examples/adult.sql").toAbsolutePath())
                .replace(
                        "bank-schema.yaml",
                        Path.of("examples/bank-schema.yaml").toAbsolutePath().toString());
        return Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    @ParameterizedTest
    @CsvSource({"adult, 0.85", "bank, 0.72", "elec-shuffled, 0.85"})
    void noFeatureOfAnHonestExampleIsTakenForALeak(String name, double most) throws IOException {
        ValidationReport report = validated(example(name));

        assertEquals(List.of(), report.problems());
        Association closest = report.associations().stream()
                .max(Comparator.comparingDouble(Association::value))
                .orElseThrow();
        assertTrue(closest.value() > 0.6 && closest.value() < most, closest::toString);
    }

    @Test
    void electricityInTimeOrderStopsByDriftAndNamesBothColumnsWithTheirFigures() throws IOException {
        Path document = example("elec");

        InvalidData stopped = assertThrows(InvalidData.class, () -> validated(document));

        assertTrue(
                stopped.getMessage().contains("drift: column 'vicdemand' moved between train and test: PSI 1.458"),
                stopped::getMessage);
        assertTrue(
                stopped.getMessage().contains("drift: column 'transfer' moved between train and test: PSI 1.26"),
                stopped::getMessage);
    }

    @Test
    void electricityShuffledDoesNotDrift() throws IOException {
        ValidationReport report = validated(example("elec-shuffled"));

        assertTrue(report.drift().stream().allMatch(column -> column.psi() <= 0.002), report.drift()::toString);
    }

    @Test
    void aMonthThatTheBanksSchemaDoesNotKnowStopsItWithItsRows() throws IOException {
        Path document = example("bank");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("SELECT *, CASE", "SELECT * REPLACE (replace(month, 'dec', 'Dec') AS month), CASE"));

        InvalidData stopped = assertThrows(InvalidData.class, () -> validated(document));

        assertTrue(
                stopped.getMessage().contains("schema: column 'month': expected one of [apr, aug, dec,"),
                stopped::getMessage);
        assertTrue(
                stopped.getMessage().contains("found others in 214 of 45211 values: 'Dec' in row "),
                stopped::getMessage);
    }

    @Test
    void theDurationOfACallIsRefusedAsAFeatureOfTheBank() throws IOException {
        Path document = example("bank");
        Files.writeString(
                document,
                Files.readString(document).replace("features:\n", "features:\n  - {name: duration, type: integer}\n"));

        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, () -> validated(document));

        assertEquals(
                List.of("features: 'duration' is known only after the call (known_after), so no request can carry"
                        + " it: leave it out"),
                refused.problems());
    }
}
