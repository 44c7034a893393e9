package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Batching;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.serving.batching.BatchSettings;
import dev.ringside.serving.batching.Batcher;
import dev.ringside.serving.batching.ThreadTimer;
import dev.ringside.serving.batching.Timer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open model files, one for each digest and way of joining requests, counted by the versions that use them. To be used by any number of threads:
 * versions with one file wait for whoever opens it, others do not.
 */
final class Sessions {
    private final Map<String, Engine> engines = new HashMap<>();
    private final Map<SharedModel.Key, Shared> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final int width;
    private final int queue;
    private final LongSupplier ticker;
    private final Timer timer = new ThreadTimer();

    /**
     * @param width how many runs of one file there may be at the same time, where its model does not say
     * @param queue how many requests may wait for it, where its model does not say
     * @param ticker nanoseconds
     */
    Sessions(List<Engine> engines, int width, int queue, LongSupplier ticker) {
        engines.forEach(engine -> this.engines.put(engine.format(), engine));
        this.width = width;
        this.queue = queue;
        this.ticker = ticker;
    }

    private static final class Shared {
        private final ReentrantLock opening = new ReentrantLock();
        private @Nullable SharedModel model;
        private int users;
    }

    /**
     * Takes the file for one more version, opening it if no other has.
     *
     * @param batching how requests for it are to be joined
     * @throws ModelFailure if it cannot be opened
     */
    SharedModel acquire(String sha256, String format, Path file, Batching batching) throws ModelFailure {
        Engine engine = engines.get(format);
        if (engine == null) {
            throw new ModelFailure("manifest: 'format': expected one of "
                    + engines.keySet().stream().sorted().toList() + ", found \"" + format + "\"");
        }
        var key = new SharedModel.Key(sha256, batching);
        Shared shared = enter(key);
        boolean opened = false;
        shared.opening.lock();
        try {
            SharedModel model = shared.model;
            if (model == null) {
                model = share(key, engine, engine.open(file));
                shared.model = model;
            }
            opened = true;
            return model;
        } finally {
            shared.opening.unlock();
            if (!opened) {
                leave(key);
            }
        }
    }

    private SharedModel share(SharedModel.Key key, Engine engine, LoadedModel model) {
        String name = "serving-" + key.sha256().substring(0, 8);
        BatchSettings settings = BatchSettings.of(key.batching().orElse(engine.batching()), width, queue);
        return new SharedModel(
                key, settings, engine, model, joins -> Batcher.start(name, model, joins, settings, ticker, timer));
    }

    /** Gives the file back for one version; the last one closes it. */
    void release(SharedModel model) {
        leave(model.key());
    }

    private Shared enter(SharedModel.Key key) {
        lock.lock();
        try {
            Shared shared = open.computeIfAbsent(key, _ -> new Shared());
            shared.users++;
            return shared;
        } finally {
            lock.unlock();
        }
    }

    private void leave(SharedModel.Key key) {
        SharedModel last = null;
        lock.lock();
        try {
            Shared shared = open.get(key);
            if (shared == null || shared.users == 0) {
                throw new IllegalStateException("model file " + key.sha256() + " was given back once too often");
            }
            shared.users--;
            if (shared.users == 0) {
                open.remove(key);
                last = shared.model;
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
