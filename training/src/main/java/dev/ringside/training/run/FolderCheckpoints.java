package dev.ringside.training.run;

import dev.ringside.training.learning.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checkpoints in a folder: a file for each fitting, called by the way to it, such as {@code member-1.bag-0.checkpoint}. */
final class FolderCheckpoints implements Checkpoints {
    private final Path folder;
    private final String key;
    private final String name;
    private final Duration every;
    private final LongSupplier nanos;
    private final CheckpointFile file;
    private final @Nullable Path elsewhere;
    private long written;

    /**
     * @param key what the training depends on, as a SHA-256
     * @param name the way to the fitting; empty for the outermost
     * @param every how much time lies between two that are offered and written, at least
     * @param nanos the time, from anywhere on
     */
    FolderCheckpoints(Path folder, String key, String name, Duration every, LongSupplier nanos) {
        this(folder, key, name, every, nanos, null);
    }

    /** @param elsewhere where the same training may have kept them before; null for nowhere */
    FolderCheckpoints(
            Path folder, String key, String name, Duration every, LongSupplier nanos, @Nullable Path elsewhere) {
        this.folder = folder;
        this.key = key;
        this.name = name;
        this.every = every;
        this.nanos = nanos;
        this.elsewhere = elsewhere;
        file = new CheckpointFile(folder.resolve(fileName()), key);
        written = nanos.getAsLong();
    }

    private String fileName() {
        return (name.isEmpty() ? "model" : name) + ".checkpoint";
    }

    @Override
    public byte @Nullable [] last() {
        byte[] own = file.read();
        if (own != null || elsewhere == null) {
            return own;
        }
        byte[] before = new CheckpointFile(elsewhere.resolve(fileName()), key).readIfSame();
        if (before != null) {
            file.write(before);
        }
        return before;
    }

    @Override
    public void offer(Supplier<byte[]> state) {
        if (nanos.getAsLong() - written >= every.toNanos()) {
            keep(state.get());
        }
    }

    @Override
    public void keep(byte[] state) {
        file.write(state);
        written = nanos.getAsLong();
    }

    @Override
    public Checkpoints within(String place) {
        return new FolderCheckpoints(folder, key, name.isEmpty() ? place : name + "." + place, every, nanos, elsewhere);
    }
}
