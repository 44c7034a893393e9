package dev.ringside.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.configuration.ClockConfig.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallFileTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aFolderKeepsTheIdThatItWasMadeWithAndNoTwoHaveTheSame() throws IOException {
        DataFolder data = DataFolder.open(folder.resolve("a"));
        InstallFile made = InstallFile.open(data, NOW);
        assertTrue(made.id().matches("[A-Za-z0-9_][A-Za-z0-9_-]{21}"), made.id());
        assertEquals(made, InstallFile.open(data, NOW.plusSeconds(1)));
        assertNotEquals(
                made.id(),
                InstallFile.open(DataFolder.open(folder.resolve("b")), NOW).id());
    }

    /** B14. */
    @Test
    void aFolderRemembersItsClockAndAnotherOneIsRefusedInALineThatSaysHowToStart() throws IOException, StartRefused {
        DataFolder data = DataFolder.open(folder);
        InstallFile.open(data, NOW);
        InstallFile.requireClock(data, Kind.REQUEST);
        InstallFile.requireClock(data, Kind.REQUEST);
        var refused = assertThrows(StartRefused.class, () -> InstallFile.requireClock(data, Kind.WALL));
        assertEquals(
                "the events in data folder " + folder + " carry a replay's clock, not the machine's clock: start with"
                        + " RINGSIDE_CLOCK=request, or name another folder with --data-dir",
                refused.getMessage());
        assertEquals(Kind.REQUEST, InstallFile.open(data, NOW).clock());
    }
}
