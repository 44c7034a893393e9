package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.training.distributed.RanksTogether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private Process process(String said, Path document, Path models, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                Train.class.getName(),
                document.toString(),
                "--offline",
                "--checkpoint",
                "0s",
                "--out",
                models.toString(),
                "--json",
                folder.resolve(said + ".json").toString()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(said).toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private String said(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private String digestOf(String said) throws IOException {
        return Json.read(said(said + ".json"), com.fasterxml.jackson.databind.JsonNode.class)
                .path("sha256")
                .asText();
    }

    @Test
    @Tag("slow")
    void twoProcessesComeToTheModelOfOneThatAddsUpTwoMicroBatches() throws Exception {
        Path document = configuration(SHARED);
        String alone = digest(document, "--offline", "--out", folder.resolve("alone"));

        Process both = process("both", document, folder.resolve("both-models"), "--processes", "2");

        assertEquals(0, both.waitFor(), () -> errors.toString());
        assertEquals(alone, digestOf("both"));
        assertEquals(-1, said("both").indexOf("rank 2"), "there are two");
        assertTrue(said("both").contains("rank 1 of 2 is process"), said("both"));
    }

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
    void ranksThatAreStartedByHandMeetAndARankThatDoesNotComeIsNamed() throws Exception {
        Path document = configuration(SHARED);
        String address = "127.0.0.1:" + RanksTogether.freePort();
        String missing = "127.0.0.1:" + RanksTogether.freePort();
        Path models = folder.resolve("models");

        Process second =
                process("second", document, models, "--processes", "2", "--rendezvous", address, "--rank", "1");
        Process first = process("first", document, models, "--processes", "2", "--rendezvous", address, "--rank", "0");
        assertEquals(0, first.waitFor(), () -> errors.toString());
        assertEquals(0, second.waitFor());
        Process alone = process(
                "lonely",
                document,
                folder.resolve("lonely-models"),
                "--processes",
                "2",
                "--rendezvous",
                missing,
                "--rank",
                "0",
                "--deadline",
                "1s");
        assertEquals(1, alone.waitFor());

        assertEquals(digest(document, "--offline", "--out", folder.resolve("alone")), digestOf("first"));
        assertTrue(said("lonely").contains("of 2 processes, rank 1 did not come to " + missing), said("lonely"));
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
