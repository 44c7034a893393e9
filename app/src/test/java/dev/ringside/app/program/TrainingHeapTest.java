package dev.ringside.app.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingHeapTest {
    @TempDir
    Path folder;

    private long megabytes(String document, long machine) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), document);
        return TrainingHeap.of(List.of("--seed", "3", file.toString()), machine).megabytes();
    }

    @Test
    void halfOfWhatDuckdbAndOthersLeaveOfTheMachine() throws IOException {
        assertEquals((16384 * 8 / 10 - 1024) / 2, megabytes("slot: s", 16384));
        assertEquals((16384 * 8 / 10 - 4096) / 2, megabytes("memory: 4GB", 16384));
    }

    @Test
    void aSchemaThatIsToBeWrittenIsNoDocument() throws IOException {
        Path document = Files.writeString(folder.resolve("c.yaml"), "memory: 4GB");
        Path schema = Files.writeString(folder.resolve("schema.yaml"), "memory: 8GB");

        assertEquals(
                (16384 * 8 / 10 - 4096) / 2,
                TrainingHeap.of(List.of("--write-schema", schema.toString(), document.toString()), 16384)
                        .megabytes());
    }

    @Test
    void trialsThatRunAtOnceShareTheMachine() throws IOException {
        assertEquals((16384 * 4 / 10 - 1024) / 2, megabytes("search: {parallel: 2}", 16384));
    }

    @Test
    void processesThatShareATrainingShareTheMachineWhereItStartsThem() {
        long half = (16384 * 4 / 10 - 1024) / 2;

        assertEquals(half, TrainingHeap.of(List.of("--processes", "2"), 16384).megabytes());
        assertEquals(
                (16384 * 8 / 10 - 1024) / 2,
                TrainingHeap.of(List.of("--processes=2", "--rank", "1"), 16384).megabytes());
    }

    @Test
    void processesThatALauncherHasStartedOnThisMachineShareIt() {
        Map<String, String> launched = Map.of("WORLD_SIZE", "4", "LOCAL_WORLD_SIZE", "2");

        assertEquals(
                (16384 * 4 / 10 - 1024) / 2,
                TrainingHeap.of(List.of(), 16384, launched).megabytes());
        assertEquals(
                (16384 * 8 / 10 - 1024) / 2,
                TrainingHeap.of(List.of("--processes", "2", "--rank", "1"), 16384, launched)
                        .megabytes());
    }

    @Test
    void noTrainingGetsLessThanItAlwaysGot() throws IOException {
        assertEquals(1024, megabytes("memory: 2GB", 2048));
        assertEquals(1024, TrainingHeap.of(List.of(), 2048).megabytes());
    }

    @Test
    void aDocumentThatCannotBeReadIsToldByTheTrainingItself() throws IOException {
        assertEquals(2764, megabytes("slot: [", 8192));
        assertEquals(2764, TrainingHeap.of(List.of("none.yaml"), 8192).megabytes());
    }
}
