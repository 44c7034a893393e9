package dev.ringside.serving.catalog;

import dev.ringside.serving.engine.Engine;
import dev.ringside.serving.engine.ModelFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open model files, one for each digest, counted by the versions that use them. Owned by the catalog's thread. */
final class Sessions {
    private final Map<String, Engine> engines = new HashMap<>();
    private final Map<String, Shared> open = new HashMap<>();
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
        private final SharedModel model;
        private int users;

        Shared(SharedModel model) {
            this.model = model;
        }
    }

    /**
     * Takes the file for one more version, opening it if no other has.
     *
     * @throws ModelFailure if it cannot be opened
     */
    SharedModel acquire(String sha256, String format, Path file) throws ModelFailure {
        Shared shared = open.get(sha256);
        if (shared == null) {
            Engine engine = engines.get(format);
            if (engine == null) {
                throw new ModelFailure("manifest: 'format': expected one of "
                        + engines.keySet().stream().sorted().toList() + ", found \"" + format + "\"");
            }
            var lane = new Lane("serving-" + sha256.substring(0, 8) + "-", width, queue);
            shared = new Shared(new SharedModel(sha256, engine, engine.open(file), lane));
            open.put(sha256, shared);
        }
        shared.users++;
        return shared.model;
    }

    /** Gives the file back for one version; the last one closes it. */
    void release(SharedModel model) {
        Shared shared = open.get(model.sha256());
        if (shared == null || shared.users == 0) {
            throw new IllegalStateException("model file " + model.sha256() + " was given back once too often");
        }
        shared.users--;
        if (shared.users == 0) {
            open.remove(model.sha256());
            shared.model.close();
        }
    }
}
