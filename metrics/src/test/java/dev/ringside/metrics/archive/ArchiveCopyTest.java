package dev.ringside.metrics.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies in a store that is a folder; the one in a bucket has its own test. */
class ArchiveCopyTest {
    @TempDir
    Path folder;

    /** A store that can be away. */
    private final class Folder implements ArchiveStore {
        private final Path place;
        private final List<String> kept = new ArrayList<>();
        private boolean away;

        Folder() throws IOException {
            place = Files.createDirectories(folder.resolve("store"));
        }

        private void ask() throws IOException {
            if (away) {
                throw new IOException("the store does not answer");
            }
        }

        @Override
        public List<String> names(String prefix, String after) throws IOException {
            ask();
            try (var files = Files.list(place)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith(prefix) && name.compareTo(after) > 0)
                        .sorted()
                        .toList();
            }
        }

        @Override
        public void keep(Path file) throws IOException {
            ask();
            Files.copy(file, place.resolve(file.getFileName()));
            kept.add(file.getFileName().toString());
        }

        @Override
        public void fetch(String name, Path to) throws IOException {
            ask();
            Files.copy(place.resolve(name), to);
        }
    }

    /** One process's disk: as all archive the same log, record n of a partition is the same everywhere. */
    private final class Disk {
        private final Path place;
        private final ArchiveCopy copy;

        Disk(String name, ArchiveStore store) {
            place = folder.resolve(name);
            copy = new ArchiveCopy(place, store);
        }

        /** Archives all records before an offset that are not archived yet, as one file. */
        void to(int partition, long end) throws IOException {
            long first = ends().getOrDefault(partition, 0L);
            byte[] records = LongStream.range(first, end)
                    .mapToObj(offset -> partition + "/" + offset)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            Files.write(
                    Files.createDirectories(place)
                            .resolve(ArchiveFile.name(partition, first, end - 1, Digests.sha256(records))),
                    records);
        }

        /** How far the archive is; each record must be there once. */
        Map<Integer, Long> ends() throws IOException {
            var next = new TreeMap<Integer, Long>();
            for (ArchiveFile file : ArchiveReader.gapless(ArchiveFile.list(place))) {
                for (String record : Files.readAllLines(file.path())) {
                    long offset = next.merge(file.partition(), 1L, Long::sum) - 1;
                    assertEquals(file.partition() + "/" + offset, record);
                }
            }
            return next;
        }
    }

    @Test
    void whatOneProcessSendsAnotherMachineHasWholeAndEachFileIsSentOnce() throws IOException {
        var store = new Folder();
        var metrics = new Disk("metrics", store);
        metrics.to(0, 3);
        metrics.to(1, 2);
        assertEquals(new ArchiveCopy.Sent.Level(2), metrics.copy.send());
        assertEquals(new ArchiveCopy.Sent.Level(0), metrics.copy.send());
        metrics.to(0, 7);
        assertEquals(new ArchiveCopy.Sent.Level(1), metrics.copy.send());
        assertEquals(new ArchiveCopy.Sent.Level(0), new Disk("metrics", store).copy.send());
        assertEquals(3, store.kept.size());
        var reader = new Disk("reader", store);
        assertEquals(3, reader.copy.mirror());
        assertEquals(Map.of(0, 7L, 1, 2L), reader.ends());
        metrics.to(1, 9);
        metrics.copy.send();
        assertEquals(1, reader.copy.mirror());
        assertEquals(Map.of(0, 7L, 1, 9L), reader.ends());
    }

    @Test
    void aNewDiskGoesOnWhereTheStoreIs() throws IOException {
        var store = new Folder();
        var lost = new Disk("lost", store);
        lost.to(0, 5);
        lost.copy.send();
        var next = new Disk("next", store);
        assertEquals(1, next.copy.restore());
        next.to(0, 8);
        assertEquals(new ArchiveCopy.Sent.Level(1), next.copy.send());
        assertEquals(Map.of(0, 8L), next.ends());
        assertEquals(0, next.copy.restore());
    }

    @Test
    void aStoreThatIsAwayIsSentTheRestWhenItIsBack() throws IOException {
        var store = new Folder();
        var metrics = new Disk("metrics", store);
        metrics.to(0, 3);
        store.away = true;
        var behind = assertInstanceOf(ArchiveCopy.Sent.Behind.class, metrics.copy.send());
        assertEquals("the store does not answer", behind.reason());
        metrics.to(0, 5);
        store.away = false;
        assertEquals(new ArchiveCopy.Sent.Level(2), metrics.copy.send());
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsNeverPublishedAndNeverSent() throws IOException {
        var store = new Folder();
        var metrics = new Disk("metrics", store);
        metrics.to(0, 3);
        metrics.copy.send();
        Files.writeString(store.place.resolve(store.kept.getFirst()), "something else");
        var reader = new Disk("reader", store);
        ArchiveDamage damage = assertThrows(ArchiveDamage.class, reader.copy::mirror);
        assertTrue(damage.getMessage().contains(store.kept.getFirst()), damage::getMessage);
        assertEquals(Map.of(), reader.ends());
        metrics.to(0, 6);
        Path own = ArchiveFile.list(metrics.place).getLast().path();
        Files.writeString(own, "something else");
        assertInstanceOf(ArchiveCopy.Sent.Behind.class, metrics.copy.send());
        assertEquals(1, store.kept.size());
    }

    /** Whoever comes, goes, loses its disk and cuts its files wherever: what one has sent is there, whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
    void processesThatCutTheirFilesDifferentlyMakeOneWholeArchive(long seed) throws IOException {
        var random = new Random(seed);
        var store = new Folder();
        var disks = new ArrayList<Disk>();
        long furthest = 0;
        for (int step = 0; step < 25; step++) {
            String words = "seed " + seed + ", step " + step;
            if (disks.size() < 3 || random.nextInt(8) == 0) {
                var disk = new Disk("disk-" + step, store);
                disk.copy.restore();
                if (disks.size() >= 3) {
                    disks.remove(random.nextInt(disks.size()));
                }
                disks.add(disk);
            }
            Disk disk = disks.get(random.nextInt(disks.size()));
            for (int files = random.nextInt(3); files >= 0; files--) {
                List<ArchiveFile> own = ArchiveFile.list(disk.place);
                long end = (own.isEmpty() ? 0 : own.getLast().last() + 1) + 1 + random.nextInt(6);
                disk.to(0, end);
            }
            assertInstanceOf(ArchiveCopy.Sent.Level.class, disk.copy.send(), words);
            List<ArchiveFile> own = ArchiveFile.list(disk.place);
            furthest = Math.max(furthest, own.getLast().last() + 1);
            var reader = new Disk("reader", store);
            reader.copy.mirror();
            assertEquals(Map.of(0, furthest), reader.ends(), words);
        }
    }
}
