package dev.ringside.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringside.contract.model.Digests;
import dev.ringside.training.learning.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final String KEY = Digests.sha256(new byte[0]);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path temporary;

    private RunFolder open() {
        return new RunFolder(temporary.resolve("run"), CLOCK, Duration.ZERO);
    }

    @Test
    void aSecondOneIsRefusedInOneLineAndTheFirstGoesOn() {
        try (RunFolder first = open()) {
            first.begin(Step.VALIDATE, KEY, Map.of());

            String message = assertThrows(RunFailure.class, this::open).getMessage();

            assertTrue(message.startsWith("another training is running in " + first.path()), message);
            assertFalse(message.contains("\n"), message);
            first.done(Step.VALIDATE, Map.of("a", new byte[] {1}), 2);
        }
        try (RunFolder again = open()) {
            StepRecord known = again.of(Step.VALIDATE);
            assertTrue(known.isDone());
            assertArrayEquals(new byte[] {1}, again.files(Step.VALIDATE, known).get("a"));
        }
    }

    /** The kernel's own full device: what is written to it fails as on a disk without space. */
    @Test
    void aFullDiskIsAClearErrorAndTheOlderCheckpointIsAsItWas() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (RunFolder run = open()) {
            run.begin(Step.TRAIN, KEY, Map.of());
            Checkpoints checkpoints = run.checkpoints(Step.TRAIN, KEY).within("member-0");
            checkpoints.keep(new byte[] {1, 2, 3});
            Path partial = run.path().resolve("train/member-0.checkpoint.partial");
            Files.createSymbolicLink(partial, full);

            String message = assertThrows(RunFailure.class, () -> checkpoints.keep(new byte[] {4}))
                    .getMessage();

            assertTrue(message.contains("No space left on device") && message.contains("Make space"), message);
            assertArrayEquals(new byte[] {1, 2, 3}, checkpoints.last());
            assertFalse(Files.exists(partial, LinkOption.NOFOLLOW_LINKS));
        }
    }

    @Test
    void aRecordThatCannotBeReadIsRefusedWithWhatToDo() throws IOException {
        Files.createDirectories(temporary.resolve("run"));
        Files.writeString(temporary.resolve("run/run.json"), "{\"format\": 1, \"steps\": {");

        String message = assertThrows(RunFailure.class, this::open).getMessage();

        assertTrue(message.contains("run.json cannot be read") && message.contains("delete the folder"), message);
        Files.writeString(temporary.resolve("run/run.json"), "{\"format\": 2, \"steps\": {}}");
        assertTrue(assertThrows(RunFailure.class, this::open).getMessage().contains("has format 2, expected 1"));
    }

    @Test
    void whatTheSameTrainingKeptInAnotherRunIsTakenOverAndWhatAnotherTrainingDidIsNot() {
        Path other = temporary.resolve("other");
        for (String place : new String[] {"member-0", "member-1"}) {
            new FolderCheckpoints(other.resolve("train"), KEY, place, Duration.ZERO, System::nanoTime)
                    .keep(new byte[] {7});
        }
        try (RunFolder run = open()) {
            assertArrayEquals(
                    new byte[] {7},
                    run.checkpoints(Step.TRAIN, KEY, other).within("member-0").last());
            assertArrayEquals(
                    new byte[] {7},
                    run.checkpoints(Step.TRAIN, KEY).within("member-0").last());
            assertNull(run.checkpoints(Step.TRAIN, "f".repeat(64), other)
                    .within("member-1")
                    .last());
            assertNull(
                    run.checkpoints(Step.TRAIN, KEY, other).within("member-2").last());
        }
    }

    @Test
    void checkpointsAreWrittenNoOftenerThanAskedFor() {
        var time = new AtomicLong();
        var checkpoints = new FolderCheckpoints(temporary, KEY, "", Duration.ofNanos(10), time::get);

        checkpoints.offer(() -> new byte[] {1});
        assertNull(checkpoints.last());
        time.set(10);
        checkpoints.offer(() -> new byte[] {2});
        time.set(19);
        checkpoints.offer(() -> {
            throw new AssertionError("not due");
        });

        assertArrayEquals(new byte[] {2}, checkpoints.last());
    }
}
