package dev.ringside.serving.catalog;

import dev.ringside.serving.catalog.VersionState.Closed;
import dev.ringside.serving.catalog.VersionState.Draining;
import dev.ringside.serving.catalog.VersionState.Failed;
import dev.ringside.serving.catalog.VersionState.Fetching;
import dev.ringside.serving.catalog.VersionState.Overdue;
import dev.ringside.serving.catalog.VersionState.Serving;
import dev.ringside.serving.catalog.VersionState.Verifying;
import dev.ringside.serving.catalog.VersionState.Waiting;
import dev.ringside.serving.catalog.VersionState.Warming;
import java.lang.System.Logger.Level;

/** Takes versions from state to state, and tells the log and the listener. */
final class Transitions {
    private static final System.Logger LOG = System.getLogger(Transitions.class.getName());

    private final Catalog.Listener listener;

    Transitions(Catalog.Listener listener) {
        this.listener = listener;
    }

    void enter(Load load, VersionState state) {
        load.enter(state);
        Desired.Key key = load.desired().key();
        switch (state) {
            case Serving serving ->
                LOG.log(
                        Level.INFO,
                        "{0} serves, file {1}",
                        key,
                        load.desired().source().digest());
            case Closed closed -> LOG.log(Level.INFO, "{0} is {1}", key, closed.words());
            case Failed failed -> LOG.log(Level.WARNING, "{0} {1}", key, failed.words());
            case Overdue overdue -> LOG.log(Level.WARNING, "{0} is {1}", key, overdue.words());
            case Waiting waiting -> LOG.log(Level.WARNING, "{0}: {1}", key, waiting.words());
            case Fetching fetching -> LOG.log(Level.DEBUG, "{0}: {1}", key, fetching.words());
            case Verifying verifying -> LOG.log(Level.DEBUG, "{0}: {1}", key, verifying.words());
            case Warming warming -> LOG.log(Level.DEBUG, "{0}: {1}", key, warming.words());
            case Draining draining -> LOG.log(Level.DEBUG, "{0}: {1}", key, draining.words());
        }
        try {
            listener.changed(key.slot(), key.version(), state);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener failed on " + key, e);
        }
    }
}
