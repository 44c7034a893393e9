package dev.ringside.serving.catalog;

import dev.ringside.serving.engine.Engine;
import dev.ringside.serving.engine.LoadedModel;

/**
 * An open model file with its threads, shared by all versions with its digest.
 *
 * @param engine what opened it
 * @param model the open file
 * @param threads where requests run it
 */
record SharedModel(String sha256, Engine engine, LoadedModel model, ModelThreads threads) implements AutoCloseable {
    @Override
    public void close() {
        threads.close();
        model.close();
    }
}
