package dev.ringside.training.run;

import dev.ringside.contract.model.Digests;
import dev.ringside.training.learning.Checkpoints;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run: {@code run.json}, and a folder for each step with what it made. One process at a time has it. It is
 * made when the first step is done, so that a mistake in a document or its data leaves nothing.
 */
public final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final InstantSource clock;
    private final Duration every;
    private @Nullable FileChannel lock;
    private RunRecord record;

    /**
     * Opens a folder, which need not be there.
     *
     * @param clock says when a step was done
     * @param every how much time lies between two checkpoints of a fitting, at least
     * @throws RunFailure if another process has it, or its record cannot be read
     */
    public RunFolder(Path folder, InstantSource clock, Duration every) {
        this.folder = folder;
        this.clock = clock;
        this.every = every;
        if (Files.isDirectory(folder)) {
            take();
        }
        try {
            record = RunRecord.read(folder);
        } catch (RunFailure e) {
            close();
            throw e;
        }
    }

    /** Where it is. */
    public Path path() {
        return folder.toAbsolutePath().normalize();
    }

    private void take() {
        if (lock != null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(file)) {
                file.close();
                throw new RunFailure("another training is running in " + path() + ": wait for its end, or write to"
                        + " another folder (--out)");
            }
            lock = file;
        } catch (IOException e) {
            throw new RunFailure("cannot take the folder " + path() + ": " + e, e);
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this same process has it
        }
    }

    /** What is known of a step; null if it was never begun. */
    @Nullable
    StepRecord of(Step step) {
        return record.of(step);
    }

    /** Forgets a step and those behind it, with what they made. */
    public void forget(Step step) {
        if (lock == null) {
            return;
        }
        RunRecord kept = record.before(step);
        if (!kept.equals(record)) {
            record = kept;
            record.write(folder);
        }
        step.andBehind().forEach(other -> delete(folder.resolve(other.toString())));
    }

    /** Notes that a step is begun, of what. */
    void begin(Step step, String key, Map<String, String> inputs) {
        take();
        record = record.with(step, StepRecord.begun(key, inputs));
        record.write(folder);
    }

    /** Keeps what a step made, then notes that it is done. */
    void done(Step step, Map<String, byte[]> files, double seconds) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((name, bytes) -> {
            DurableFile.write(folder.resolve(step.toString()).resolve(name), bytes);
            digests.put(name, Digests.sha256(bytes));
        });
        StepRecord begun = record.of(step);
        if (begun == null) {
            throw new IllegalStateException(step + " was never begun");
        }
        record = record.with(step, begun.done(digests, seconds, clock.instant()));
        record.write(folder);
    }

    /** What a step made; null if a file is gone or is another than was written. */
    @Nullable
    Map<String, byte[]> files(Step step, StepRecord done) {
        Map<String, byte[]> files = new TreeMap<>();
        for (var entry : done.files().entrySet()) {
            try {
                byte[] bytes =
                        Files.readAllBytes(folder.resolve(step.toString()).resolve(entry.getKey()));
                if (!Digests.sha256(bytes).equals(entry.getValue())) {
                    return null;
                }
                files.put(entry.getKey(), bytes);
            } catch (IOException e) {
                return null;
            }
        }
        return files;
    }

    /** Where the fittings of a step keep how far they are. */
    Checkpoints checkpoints(Step step, String key) {
        return checkpoints(step, key, null);
    }

    /** @param other the folder of another run, whose fittings are taken over if they are of this same training */
    Checkpoints checkpoints(Step step, String key, @Nullable Path other) {
        return new FolderCheckpoints(
                folder.resolve(step.toString()),
                key,
                "",
                every,
                System::nanoTime,
                other == null ? null : other.resolve(step.toString()));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new RunFailure("cannot delete " + folder.toAbsolutePath().normalize() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new RunFailure("cannot let go of " + path() + ": " + e, e);
            }
            lock = null;
        }
    }
}
