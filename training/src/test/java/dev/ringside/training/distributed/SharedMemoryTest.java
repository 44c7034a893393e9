package dev.ringside.training.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.network.Ranks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private long files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What all ranks put into round after round, as this one reads it. */
    private static long wrong(Ranks ranks, SharedMemory memory, int rounds) {
        long wrong = 0;
        for (int round = 0; round < rounds; round++) {
            int area = memory.next();
            for (int i = 0; i < 1000; i++) {
                memory.numbers(ranks.own(), area).put(i, 1000 * round + 10 * ranks.own() + i % 7);
            }
            memory.exchange();
            for (int rank = 0; rank < ranks.count(); rank++) {
                var numbers = memory.numbers(rank, area);
                for (int i = 0; i < 1000; i++) {
                    wrong += numbers.get(i) == 1000 * round + 10 * rank + i % 7 ? 0 : 1;
                }
            }
        }
        return wrong;
    }

    @Test
    void everyRankReadsWhatAllHaveFilledAndNoFileStays() throws Exception {
        List<Long> wrong = RanksTogether.each(3, ranks -> {
            try (SharedMemory memory = SharedMemory.of(ranks, folder, 1000, PATIENCE)) {
                assertNotNull(memory);
                long seen = wrong(ranks, memory, 200);
                assertEquals(0, files(), "it has no name any more");
                return seen;
            }
        });

        assertEquals(List.of(0L, 0L, 0L), wrong);
    }

    @Test
    void whereOneHasNoneNobodyHas() throws Exception {
        List<Boolean> there = RanksTogether.each(2, ranks -> {
            Path own = ranks.own() == 0 ? folder : folder.resolve("another-machine");
            return SharedMemory.of(ranks, own, 1000, PATIENCE) == null;
        });

        assertEquals(List.of(true, true), there);
        assertEquals(0, files());
    }

    @Test
    void moreThanOneFileCanBeMappedAsIsRefusedBeforeItIsWritten() throws Exception {
        List<Boolean> there = RanksTogether.each(
                2, ranks -> SharedMemory.of(ranks, folder, Integer.MAX_VALUE / Float.BYTES + 1L, PATIENCE) == null);

        assertEquals(List.of(true, true), there);
        assertEquals(0, files());
    }

    @Test
    void aRankThatSaysNothingIsNamedWhenPatienceEnds() throws Exception {
        var known = new CountDownLatch(1);
        List<String> told = RanksTogether.each(2, ranks -> {
            try (SharedMemory memory = SharedMemory.of(ranks, folder, 10, Duration.ofMillis(300))) {
                assertNotNull(memory);
                return ranks.own() == 0 ? lost(memory, known) : waited(known);
            }
        });

        assertTrue(told.getFirst().contains("rank 0 has lost rank 1: it has said nothing"), told.getFirst());
    }

    @Test
    void aRankThatHasEndedIsNamedAtOnce() throws Exception {
        List<String> told = RanksTogether.each(2, ranks -> {
            try (SharedMemory memory = SharedMemory.of(ranks, folder, 10, Duration.ofHours(1))) {
                assertNotNull(memory);
                return ranks.own() == 0 ? lost(memory, new CountDownLatch(1)) : "";
            }
        });

        assertEquals("rank 0 has lost rank 1: it has ended", told.getFirst());
    }

    private static String lost(SharedMemory memory, CountDownLatch known) {
        try {
            return assertThrows(LostRank.class, memory::exchange).getMessage();
        } finally {
            known.countDown();
        }
    }

    private static String waited(CountDownLatch known) {
        try {
            return known.await(20, TimeUnit.SECONDS) ? "" : "never";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
