package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Batching;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.serving.batching.BatchSettings;
import dev.ringside.serving.batching.Batcher;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open model file, shared by all versions that are the same, and the batcher where their requests run it. */
final class SharedModel implements AutoCloseable {
    private final Key key;
    private final BatchSettings settings;
    private final Engine engine;
    private final LoadedModel model;
    private final Function<Boolean, Batcher> batchers;
    private final ReentrantLock beginning = new ReentrantLock();
    private volatile @Nullable Batcher batcher;

    /**
     * What versions have in common that share one.
     *
     * @param sha256 the file's digest, or whatever changes with it
     * @param batching how requests are to be joined
     */
    record Key(String sha256, Batching batching) {}

    /**
     * @param settings how requests wait and are joined
     * @param engine what opened it
     * @param model the open file
     * @param batchers makes the batcher, told whether requests may be run together; it closes the file
     */
    SharedModel(
            Key key, BatchSettings settings, Engine engine, LoadedModel model, Function<Boolean, Batcher> batchers) {
        this.key = key;
        this.settings = settings;
        this.engine = engine;
        this.model = model;
        this.batchers = batchers;
    }

    Key key() {
        return key;
    }

    /** How requests wait and are to be joined. */
    BatchSettings settings() {
        return settings;
    }

    Engine engine() {
        return engine;
    }

    LoadedModel model() {
        return model;
    }

    /**
     * Makes the batcher, unless another version has.
     *
     * @param joins finds out whether requests may be run together
     */
    void begin(BooleanSupplier joins) {
        beginning.lock();
        try {
            if (batcher == null) {
                batcher = batchers.apply(joins.getAsBoolean());
            }
        } finally {
            beginning.unlock();
        }
    }

    /** Where requests run it, once it has begun. */
    Batcher batcher() {
        return Objects.requireNonNull(batcher, "not begun");
    }

    @Override
    public void close() {
        Batcher begun = batcher;
        if (begun == null) {
            model.close();
        } else {
            begun.close();
        }
    }
}
