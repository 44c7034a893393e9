package dev.ringside.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.embedded.Ports;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.LoggedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoFilesTest {
    private static final DemoFiles FILES = new DemoFiles(Path.of("../demo"));

    @Test
    void experimentsAreAboutTheSlotAndItsRegionsAndVersionsThatTheDemoMakes() throws IOException {
        String slot = FILES.slot().path("name").asText();
        Set<String> segments = new HashSet<>();
        FILES.slot().path("segments").forEach(segment -> segments.add(segment.asText()));
        Set<String> versions = new HashSet<>();
        for (Path training : FILES.trainings()) {
            JsonNode document = Json.readYaml(Files.readString(training), JsonNode.class);
            assertEquals(slot, document.path("slot").asText());
            versions.add(document.path("version").asText());
        }
        assertTrue(versions.contains(FILES.championVersion()));
        for (String name : DemoFiles.EXPERIMENTS) {
            JsonNode experiment = FILES.experiment(name);
            assertEquals(name, experiment.path("name").asText());
            assertEquals(slot, experiment.path("slot").asText());
            String challenger = experiment.path("arms").path(1).path("version").asText();
            assertTrue(versions.contains(challenger) || name.equals("aa"), challenger);
            for (JsonNode wave : experiment.path("waves").isArray() ? experiment.path("waves") : experiment) {
                wave.forEach(segment ->
                        assertTrue(!wave.isArray() || !segment.isTextual() || segments.contains(segment.asText())));
            }
        }
    }

    @Test
    void allChanceFollowsFromTheSeedAndDiffersByPurpose() {
        var seed = new Seed(1);
        assertEquals(seed.digits("install key"), new Seed(1).digits("install key"));
        assertNotEquals(seed.digits("install key"), new Seed(2).digits("install key"));
        assertNotEquals(seed.digits("install key"), seed.digits("layer salt"));
        assertTrue(seed.digits("install key").matches("[0-9a-f]{32}"));
    }

    @Test
    void whatIsRetrainedAsksTheLogForTheMonthsBeforeItsDay() throws IOException {
        JsonNode document = Json.readYaml(Files.readString(FILES.retraining()), JsonNode.class);
        assertEquals(Retraining.NAME, document.path("version").asText());
        LoggedRows rows = LoggedRows.read(document.path("data"));
        assertEquals(FILES.slot().path("name").asText(), rows.slot());
        assertEquals(Retraining.DAY.atStartOfDay(ZoneOffset.UTC).toInstant(), rows.to());
        assertTrue(document.path("gates").path("champion").asText().endsWith("/flight-delay/network-2"));
        assertThrows(
                InvalidInput.class,
                () -> new DemoOptions(
                        new Ports(7070), 1, null, null, null, Retraining.DAY, false, false, false, true, true, null));
    }

    @Test
    void theDaysOfTheReplayEndWithTheData() {
        assertTrue(options(LocalDate.parse("2001-07-01")).isWhole());
        assertTrue(!options(LocalDate.parse("2001-04-22")).isWhole());
        for (String wrong : new String[] {"2001-04-01", "2001-07-02"}) {
            InvalidInput refused = assertThrows(InvalidInput.class, () -> options(LocalDate.parse(wrong)));
            assertTrue(refused.getMessage().contains("--until"), refused.getMessage());
        }
    }

    private static DemoOptions options(LocalDate until) {
        return new DemoOptions(new Ports(7070), 1, null, null, null, until, false, false, false, false, true, null);
    }
}
