package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.distributed.RanksTogether;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trainings by several processes, as processes. */
@Timeout(120)
class TrainProcessesTest extends GamesTraining {
    private static final String SHARED =
            "{kind: network, hidden: [8], dropout: 0.2, learning_rate: 0.02, batch: 64," + " accumulate: 2, epochs: 4}";
    private static final String LONG = "{kind: network, hidden: [8], dropout: 0.1, learning_rate: 0.05, batch: 64,"
            + " accumulate: 2, epochs: 50, patience: 999}";

    @Test
    @Tag("slow")
    void whereARankIsKilledAllEndItIsNamedAndTheRunGoesOnToTheSameModel() throws Exception {
        Path document = configuration(LONG);
        String whole = digest(document, "--offline", "--out", folder.resolve("alone"));
        Path models = folder.resolve("models");
        Path checkpoint = models.resolve("games/v2/run/train/model.checkpoint");
        Pattern named = Pattern.compile("rank 1 of 2 is process (\\d+), its words are in (\\S+)");

        Process launcher = process("killed", document, models, "--processes", "2");
        try {
            while (launcher.isAlive() && !Files.exists(checkpoint)) {
                launcher.waitFor(5, TimeUnit.MILLISECONDS);
            }
            Matcher rank = named.matcher(said("killed"));
            assertTrue(rank.find(), said("killed"));
            long[] of = {Long.parseLong(rank.group(1))};
            ProcessHandle.of(of[0]).orElseThrow().destroyForcibly();
            assertTrue(launcher.waitFor(30, TimeUnit.SECONDS), "it goes on without rank 1");
            assertEquals(1, launcher.exitValue(), () -> rank.group());
            assertTrue(
                    said("killed").contains("rank 1 of 2 (process " + of[0] + ") was killed by signal 9"),
                    said("killed"));
            assertTrue(said("killed").contains("its words are in " + rank.group(2)), said("killed"));
            assertFalse(Files.exists(models.resolve("games/v2/model.onnx")), "it was not killed in mid-training");
        } finally {
            launcher.destroyForcibly().waitFor();
        }

        assertEquals(0, process("again", document, models, "--processes", "2").waitFor());

        assertTrue(said("again").contains("goes on after pass"), said("again"));
        assertEquals(whole, digestOf("again"));
    }

    @Test
    @Tag("slow")
    void ranksThatALauncherStartsComeToTheModelOfOneProcessThatAddsUpTwoMicroBatches() throws Exception {
        Path document = configuration(SHARED);
        int port = RanksTogether.freePort();
        Path models = folder.resolve("models");

        Process second = process("second", launched(1, port), document, models);
        Process first = process("first", launched(0, port), document, models);
        assertEquals(0, first.waitFor(), said("first"));
        assertEquals(0, second.waitFor(), said("second"));

        assertEquals(digest(document, "--offline", "--out", folder.resolve("alone")), digestOf("first"));
    }

    @Test
    void aRankThatDoesNotComeIsNamed() throws Exception {
        String missing = "127.0.0.1:" + RanksTogether.freePort();

        int status = train(
                configuration(SHARED),
                "--offline",
                "--out",
                folder.resolve("models"),
                "--processes",
                "2",
                "--rendezvous",
                missing,
                "--rank",
                "0",
                "--deadline",
                "1s");

        assertEquals(1, status);
        assertTrue(errors.toString().contains("of 2 processes, rank 1 did not come to " + missing), errors::toString);
    }

    /** The environment that torchrun gives a rank. */
    private static Map<String, String> launched(int rank, int port) {
        return Map.of(
                "RANK",
                Integer.toString(rank),
                "LOCAL_RANK",
                Integer.toString(rank),
                "WORLD_SIZE",
                "2",
                "LOCAL_WORLD_SIZE",
                "2",
                "MASTER_ADDR",
                "127.0.0.1",
                "MASTER_PORT",
                Integer.toString(port));
    }

    @Test
    void whatCannotBeDividedIsRefusedBeforeAProcessStarts() throws Exception {
        assertEquals(2, train(configuration(LOGISTIC), "--offline", "--processes", "2", "--out", folder));
        assertTrue(errors.toString().contains("expected network, or an ensemble with one"), errors::toString);

        assertEquals(2, train(configuration(SHARED.replace("accumulate: 2", "accumulate: 3")), "--processes", "2"));
        assertTrue(errors.toString().contains("model.accumulate: expected a multiple of 2"), errors::toString);

        assertEquals(2, train(configuration(NETWORK), "--processes", "2", "--rank", "0"));
        assertTrue(errors.toString().contains("--rendezvous not said"), errors::toString);

        assertEquals(2, train(configuration(NETWORK), "--processes", "2", "--compare", "sampling"));
        assertTrue(errors.toString().contains("are not divided among processes"), errors::toString);
    }
}
