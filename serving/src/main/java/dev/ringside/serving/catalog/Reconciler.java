package dev.ringside.serving.catalog;

import dev.ringside.engine.ModelUnreachable;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.catalog.VersionState.Closed;
import dev.ringside.serving.catalog.VersionState.Draining;
import dev.ringside.serving.catalog.VersionState.Failed;
import dev.ringside.serving.catalog.VersionState.Fetching;
import dev.ringside.serving.catalog.VersionState.Overdue;
import dev.ringside.serving.catalog.VersionState.Serving;
import dev.ringside.serving.catalog.VersionState.Verifying;
import dev.ringside.serving.catalog.VersionState.Waiting;
import dev.ringside.serving.catalog.VersionState.Warming;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's thread: it alone moves versions. Others send it messages; it publishes what they may read. It compares
 * what was wanted last with what is there, so it never matters how much was missed in between.
 */
final class Reconciler implements Runnable {
    private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

    private sealed interface Message {
        record Accept(Wanted wanted) implements Message {}

        record FetchEnded(Load load, int attempt, Fetch.Result result) implements Message {}

        record Verified(Load load) implements Message {}

        record LoadEnded(Load load, Loads.Result result) implements Message {}

        record Drained(Load load) implements Message {}

        record Stop() implements Message {}
    }

    private final ServingConfig config;
    private final Artefacts artefacts;
    private final LongSupplier ticker;
    private final Transitions transitions;
    private final Fetches fetches;
    private final Loader loader;
    private final Loads loads;
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
    private final Map<Desired.Key, Version> versions = new LinkedHashMap<>();
    private final Set<Load> draining = new LinkedHashSet<>();
    private volatile Snapshot snapshot = Snapshot.NONE;
    private @Nullable Long stopAt;

    Reconciler(
            ServingConfig config,
            Sessions sessions,
            Artefacts artefacts,
            LongSupplier ticker,
            Transitions transitions) {
        this.config = config;
        this.artefacts = artefacts;
        this.ticker = ticker;
        this.transitions = transitions;
        this.fetches = new Fetches(
                config,
                artefacts,
                ticker,
                transitions,
                (load, attempt, result) -> inbox.add(new Message.FetchEnded(load, attempt, result)));
        this.loader = new Loader(sessions);
        this.loads = new Loads(loader, config.loadTimeout(), ticker, transitions, new LoadMessages());
    }

    private final class LoadMessages implements Loads.Listener {
        @Override
        public void verified(Load load) {
            inbox.add(new Message.Verified(load));
        }

        @Override
        public void ended(Load load, Loads.Result result) {
            inbox.add(new Message.LoadEnded(load, result));
        }

        @Override
        public void drained(Load load) {
            inbox.add(new Message.Drained(load));
        }
    }

    /** What requests see. */
    Snapshot snapshot() {
        return snapshot;
    }

    void accept(Wanted wanted) {
        inbox.add(new Message.Accept(wanted));
    }

    /** Closes every version once its requests have ended, then ends the thread. */
    void stop() {
        inbox.add(new Message.Stop());
    }

    @Override
    public void run() {
        while (!ended()) {
            try {
                Message message = inbox.poll(untilNext(), TimeUnit.NANOSECONDS);
                if (message != null) {
                    handle(message);
                }
                fetches.onTime(incoming());
                loads.onTime();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the catalog goes on after an unexpected failure", e);
            }
        }
        draining.forEach(load -> LOG.log(
                Level.WARNING,
                "{0} is left open: requests are still under way",
                load.desired().key()));
    }

    private boolean ended() {
        return stopAt != null && ((draining.isEmpty() && !loads.any()) || ticker.getAsLong() - stopAt >= 0);
    }

    private long untilNext() {
        long next = Math.min(fetches.untilNext(incoming()), loads.untilNext());
        return stopAt == null ? next : Math.clamp(stopAt - ticker.getAsLong(), 0, next);
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Accept(Wanted wanted) -> {
                if (stopAt == null) {
                    reconcile(wanted);
                }
            }
            case Message.FetchEnded(Load load, int attempt, Fetch.Result result) -> {
                // A late result of an attempt that was given up is nobody's.
                if (load.state() instanceof Fetching fetching && fetching.attempt() == attempt) {
                    fetched(load, fetching, result);
                }
            }
            case Message.Verified(Load load) -> {
                if (load.state() instanceof Verifying verifying) {
                    transitions.enter(load, verifying.toWarming());
                }
            }
            case Message.LoadEnded(Load load, Loads.Result result) -> {
                loads.ended(load);
                loaded(load, result);
            }
            case Message.Drained(Load load) -> drained(load);
            case Message.Stop() -> {
                stopAt = ticker.getAsLong() + config.drainTimeout().toNanos();
                versions.values().forEach(this::drop);
                versions.clear();
            }
        }
    }

    private void reconcile(Wanted all) {
        Map<Desired.Key, Desired> desired = all.versions();
        var dropped = new ArrayList<Version>();
        versions.entrySet().removeIf(entry -> {
            boolean drop = !desired.containsKey(entry.getKey());
            if (drop) {
                dropped.add(entry.getValue());
            }
            return drop;
        });
        var begun = new ArrayList<Load>();
        desired.forEach((key, wanted) -> want(
                        versions.computeIfAbsent(key, named -> new Version(named, ticker)), wanted)
                .ifPresent(begun::add));
        snapshot = Snapshot.of(all, versions);
        // Only now, so that whoever hears of a step finds the version that it speaks of.
        begun.forEach(load -> fetches.start(load, new Fetching(1)));
        dropped.forEach(this::drop);
        retain(all.artefacts());
    }

    /** The load that has to begin, if neither what serves nor what comes is what is wanted. */
    private Optional<Load> want(Version version, Desired wanted) {
        Load incoming = version.incoming();
        if (incoming != null && incoming.desired().equals(wanted)) {
            return Optional.empty();
        }
        Load serving = version.serving();
        Optional<Load> next =
                serving != null && serving.desired().equals(wanted) ? Optional.empty() : Optional.of(new Load(wanted));
        version.incoming(next.orElse(null));
        if (incoming != null) {
            abandon(incoming);
        }
        return next;
    }

    private void fetched(Load load, Fetching fetching, Fetch.Result result) {
        switch (result) {
            case Fetch.NotFetched(String reason) -> fetches.failed(load, fetching, reason);
            case Fetch.Fetched files -> {
                load.fetch(null);
                loads.start(load, fetching, files);
            }
        }
    }

    private void loaded(Load load, Loads.Result result) {
        switch (result) {
            case Loads.Result.Loaded(ServedVersion version) -> {
                switch (load.state()) {
                    case Warming warming -> swap(load, version, warming.toServing());
                    case Overdue overdue -> swap(load, version, overdue.toServing());
                    // Nobody wants it any more.
                    case Closed _ -> loader.unload(version);
                    case Fetching s -> throw unexpected(load, s);
                    case Waiting s -> throw unexpected(load, s);
                    case Verifying s -> throw unexpected(load, s);
                    case Failed s -> throw unexpected(load, s);
                    case Serving s -> throw unexpected(load, s);
                    case Draining s -> throw unexpected(load, s);
                }
            }
            case Loads.Result.NotLoaded(Throwable cause) -> {
                switch (load.state()) {
                    case Verifying verifying ->
                        notLoaded(load, cause, verifying.toWaiting(words(cause)), verifying.toFailed(cause));
                    case Warming warming ->
                        notLoaded(load, cause, warming.toWaiting(words(cause)), warming.toFailed(cause));
                    case Overdue overdue ->
                        notLoaded(load, cause, overdue.toWaiting(words(cause)), overdue.toFailed(cause));
                    case Closed _ -> {}
                    case Fetching s -> throw unexpected(load, s);
                    case Waiting s -> throw unexpected(load, s);
                    case Failed s -> throw unexpected(load, s);
                    case Serving s -> throw unexpected(load, s);
                    case Draining s -> throw unexpected(load, s);
                }
            }
        }
    }

    /** A model that is elsewhere may be there later; of any other, trying again would give the same. */
    private void notLoaded(Load load, Throwable cause, Waiting again, Failed failed) {
        if (cause instanceof ModelUnreachable) {
            fetches.again(load, again);
        } else {
            transitions.enter(load, failed);
        }
    }

    private static String words(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    private void swap(Load load, ServedVersion loaded, Serving serving) {
        Version version = versions.get(load.desired().key());
        if (version == null || version.incoming() != load) {
            throw new IllegalStateException(load.desired().key() + " was loaded, but nobody waits for it");
        }
        Load before = version.serving();
        load.served(loaded);
        version.serving(load);
        version.incoming(null);
        transitions.enter(load, serving);
        if (before != null) {
            drain(before);
        }
    }

    private void drop(Version version) {
        Load incoming = version.incoming();
        Load serving = version.serving();
        version.incoming(null);
        version.serving(null);
        if (incoming != null) {
            abandon(incoming);
        }
        if (serving != null) {
            drain(serving);
        }
    }

    private void abandon(Load load) {
        fetches.giveUp(load);
        Closed closed = switch (load.state()) {
            case Fetching fetching -> fetching.toClosed();
            case Waiting waiting -> waiting.toClosed();
            case Failed failed -> failed.toClosed();
            // What its thread may still open is given back when it ends.
            case Verifying verifying -> verifying.toClosed();
            case Warming warming -> warming.toClosed();
            case Overdue overdue -> overdue.toClosed();
            case Serving s -> throw unexpected(load, s);
            case Draining s -> throw unexpected(load, s);
            case Closed s -> throw unexpected(load, s);
        };
        transitions.enter(load, closed);
    }

    private void drain(Load load) {
        if (!(load.state() instanceof Serving serving)) {
            throw unexpected(load, load.state());
        }
        draining.add(load);
        transitions.enter(load, serving.toDraining());
        load.served().inFlight().close();
    }

    private void drained(Load load) {
        if (!(load.state() instanceof Draining state)) {
            throw unexpected(load, load.state());
        }
        draining.remove(load);
        loader.unload(load.served());
        transitions.enter(load, state.toClosed());
    }

    private List<Load> incoming() {
        return versions.values().stream()
                .map(Version::incoming)
                .filter(Objects::nonNull)
                .toList();
    }

    private void retain(Set<String> digests) {
        try {
            artefacts.retain(digests);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "files that are not wanted any more could not be deleted", e);
        }
    }

    private static IllegalStateException unexpected(Load load, VersionState state) {
        return new IllegalStateException(load.desired().key() + " cannot go while it is " + state.words());
    }
}
