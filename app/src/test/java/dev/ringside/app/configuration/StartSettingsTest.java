package dev.ringside.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartSettingsTest {
    /** A replay reads it without an application server, as the aggregator of that installation did with one. */
    @Test
    void commandsThatStartNoServerKnowEveryDefault() throws IOException {
        assertEquals(2000, StartSettings.read(null).metrics().unitOutcomes());
        assertEquals(ClockConfig.Kind.WALL, StartSettings.read(null).clock());
    }

    @Test
    void aFileIsReadForThemToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("it.properties"), "ringside.metrics.unit-outcomes=7\n");
        assertEquals(7, StartSettings.read(file).metrics().unitOutcomes());
    }
}
