package dev.ringside.serving.catalog;

import dev.ringside.serving.engine.Engine;
import dev.ringside.serving.engine.ModelFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open model files, one for each digest, counted by the versions that use them. To be used by any number of threads:
 * versions with one file wait for whoever opens it, others do not.
 */
final class Sessions {
    private final Map<String, Engine> engines = new HashMap<>();
    private final Map<String, Shared> open = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final int width;
    private final int queue;

    /**
     * @param width how many requests one file runs at the same time
     * @param queue how many may wait for it
     */
    Sessions(List<Engine> engines, int width, int queue) {
        engines.forEach(engine -> this.engines.put(engine.format(), engine));
        this.width = width;
        this.queue = queue;
    }

    private static final class Shared {
        private final ReentrantLock opening = new ReentrantLock();
        private @Nullable SharedModel model;
        private int users;
    }

    /**
     * Takes the file for one more version, opening it if no other has.
     *
     * @throws ModelFailure if it cannot be opened
     */
    SharedModel acquire(String sha256, String format, Path file) throws ModelFailure {
        Engine engine = engines.get(format);
        if (engine == null) {
            throw new ModelFailure("manifest: 'format': expected one of "
                    + engines.keySet().stream().sorted().toList() + ", found \"" + format + "\"");
        }
        Shared shared = enter(sha256);
        boolean opened = false;
        shared.opening.lock();
        try {
            SharedModel model = shared.model;
            if (model == null) {
                var threads = new ModelThreads("serving-" + sha256.substring(0, 8) + "-", width, queue);
                model = new SharedModel(sha256, engine, engine.open(file), threads);
                shared.model = model;
            }
            opened = true;
            return model;
        } finally {
            shared.opening.unlock();
            if (!opened) {
                leave(sha256);
            }
        }
    }

    /** Gives the file back for one version; the last one closes it. */
    void release(SharedModel model) {
        leave(model.sha256());
    }

    private Shared enter(String sha256) {
        lock.lock();
        try {
            Shared shared = open.computeIfAbsent(sha256, digest -> new Shared());
            shared.users++;
            return shared;
        } finally {
            lock.unlock();
        }
    }

    private void leave(String sha256) {
        SharedModel last = null;
        lock.lock();
        try {
            Shared shared = open.get(sha256);
            if (shared == null || shared.users == 0) {
                throw new IllegalStateException("model file " + sha256 + " was given back once too often");
            }
            shared.users--;
            if (shared.users == 0) {
                open.remove(sha256);
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
