package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTrainingCommandTest extends AgainstFakeControlPlane {
    @Test
    void dataIsWhereTheEnvironmentSaysElseBesideTheSourceTree() {
        Path home = Path.of("/src/ringside");

        assertEquals(Path.of("/src/shared/data"), BenchTrainingCommand.data(home, Map.of()));
        assertEquals(Path.of("/s/data"), BenchTrainingCommand.data(home, Map.of("RINGSIDE_SHARED", "/s")));
        assertEquals(
                Path.of("/d"), BenchTrainingCommand.data(home, Map.of("RINGSIDE_SHARED", "/s", "RINGSIDE_DATA", "/d")));
    }

    @Test
    void mistakesOfTheCommandAreToldBeforeAnythingIsTrained() {
        assertEquals(2, run("bench", "training", "--only", "adult_auc"));
        assertEquals(2, run("bench", "training", "--seeds", "0"));
        assertEquals(
                2,
                run(
                        "bench",
                        "training",
                        "--json",
                        folder.resolve("none/out.json").toString()));
        assertEquals(2, run("bench", "training", "--resume"));
        assertTrue(err.toString().contains("'--resume': expected --json FILE beside it"), err.toString());
        assertTrue(err.toString().contains("found adult_auc"), err.toString());
        assertTrue(err.toString().contains("'--seeds': expected 1 or more, found 0"), err.toString());
        assertTrue(err.toString().contains("'--json': expected a file in a folder that exists"), err.toString());
    }

    @Test
    void measuresAreNamed() {
        assertEquals(0, run("bench", "training", "--list", "--only", "bank_auc,epoch_ratio"));
        assertEquals(2, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().startsWith("bank_auc: who subscribes"), out.toString());
    }
}
