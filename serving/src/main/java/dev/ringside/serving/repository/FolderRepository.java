package dev.ringside.serving.repository;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.serving.catalog.Catalog;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of models and the catalog that serves them: it decides which versions are wanted, by the folder, the models'
 * policies, and clients that load and unload. A version goes only when all that take its place serve, so whatever cannot
 * be loaded leaves what serves as it is. To be used by any number of threads.
 */
public final class FolderRepository implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FolderRepository.class.getName());
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration LAST = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final ModelFolder folder;
    private final RepositoryConfig config;
    private final Catalog catalog;
    private final Changes changes;
    private final LongSupplier ticker;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, HeldModel> held = new TreeMap<>();
    private final Map<String, Map<String, String>> gone = new HashMap<>();
    private final Polls polls = new Polls();
    private final Thread thread;
    private long version;
    private volatile boolean closed;

    /**
     * @param catalog what serves; told of every change
     * @param changes hears of every step of the catalog
     * @param ticker nanoseconds, as {@link System#nanoTime}
     * @param patience how long a client that loads a model waits for it
     */
    public FolderRepository(
            ModelFolder folder,
            RepositoryConfig config,
            Catalog catalog,
            Changes changes,
            LongSupplier ticker,
            Duration patience) {
        this.folder = folder;
        this.config = config;
        this.catalog = catalog;
        this.changes = changes;
        this.ticker = ticker;
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name("serving-repository").unstarted(this::run);
    }

    /**
     * Loads what is to be loaded at the start; returns at once.
     *
     * @throws IOException if the folder cannot be read
     */
    public FolderRepository start() throws IOException {
        List<FoundModel> found = folder.scan();
        locked(() -> {
            found.stream().filter(model -> atStart(model.name())).forEach(model -> take(model, false));
            config.load().orElse(List.of()).stream()
                    .filter(name -> config.control() == RepositoryConfig.Control.EXPLICIT
                            && !name.equals("*")
                            && !held.containsKey(name))
                    .forEach(name -> take(FoundModel.broken(name, noFolder()), false));
            tell();
            return found;
        });
        polls.seen(found);
        thread.start();
        return this;
    }

    private boolean atStart(String name) {
        List<String> named = config.load().orElse(List.of());
        return config.control() != RepositoryConfig.Control.EXPLICIT || named.contains("*") || named.contains(name);
    }

    private HeldModel take(FoundModel found, boolean again) {
        HeldModel model = held.computeIfAbsent(found.name(), name -> new HeldModel(name, catalog));
        List<String> selected =
                found.settings().policy().select(found.versions().keySet());
        model.take(
                found.mistakes().isEmpty() && selected.isEmpty()
                        ? FoundModel.broken(
                                found.name(),
                                "no version is there: expected a file such as " + found.name() + "/1/"
                                        + found.settings().fileWords())
                        : found,
                selected,
                again);
        gone.remove(found.name());
        model.complaints().forEach(complaint -> LOG.log(Level.WARNING, "model '" + model.name() + "' " + complaint));
        return model;
    }

    private void tell() {
        catalog.accept(++version, held.values().stream().map(HeldModel::folder).toList());
    }

    private void run() {
        long lastPoll = ticker.getAsLong();
        try {
            while (!closed) {
                long seen = changes.count();
                if (config.control() == RepositoryConfig.Control.POLL
                        && ticker.getAsLong() - lastPoll
                                >= config.pollInterval().toNanos()) {
                    poll();
                    lastPoll = ticker.getAsLong();
                }
                locked(this::settle);
                changes.awaitBeyond(
                        seen,
                        config.control() == RepositoryConfig.Control.POLL
                                ? config.pollInterval().minusNanos(ticker.getAsLong() - lastPoll)
                                : IDLE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean settle() {
        boolean changed = false;
        for (HeldModel model : held.values()) {
            changed |= model.settle();
        }
        if (changed) {
            tell();
        }
        return changed;
    }

    private void poll() {
        try {
            List<FoundModel> found = folder.scan();
            List<FoundModel> changed = polls.changed(found);
            List<String> missing = polls.missing(found);
            if (!changed.isEmpty() || !missing.isEmpty()) {
                locked(() -> {
                    changed.forEach(model -> take(model, false));
                    missing.forEach(this::forget);
                    tell();
                    return held;
                });
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the model folder cannot be read and is looked at again later", e);
        }
    }

    /**
     * Loads a model, or loads it anew where its files have changed; returns when it answers.
     *
     * @param one null for the versions that its policy selects
     * @throws InferenceFailure with {@code failed to load} if it does not answer as it lies there; what served before does
     *     still
     */
    public void load(String model, @Nullable String one) {
        requireExplicit();
        FoundModel found = folder.find(model)
                .orElseThrow(() ->
                        new InferenceFailure(Cause.UNKNOWN_MODEL, "failed to load '" + model + "': " + noFolder()));
        HeldModel taken = locked(() -> {
            HeldModel now = one == null ? take(found, true) : takeOne(found, one);
            tell();
            return now;
        });
        String failure = await(taken, one);
        if (failure != null) {
            throw new InferenceFailure(Cause.MALFORMED, "failed to load '" + model + "', " + failure);
        }
    }

    private HeldModel takeOne(FoundModel found, String version) {
        HeldModel model = held.computeIfAbsent(found.name(), name -> new HeldModel(name, catalog));
        var versions = new ArrayList<>(model.selected());
        if (!versions.contains(version)) {
            versions.add(version);
        }
        versions.sort(VersionPolicy.BEST_FIRST);
        model.take(found, versions, true);
        return model;
    }

    /** Waits until what was selected serves or has failed; why it has, or null. */
    private @Nullable String await(HeldModel model, @Nullable String one) {
        long end = ticker.getAsLong() + patience.toNanos();
        try {
            while (true) {
                long seen = changes.count();
                boolean underWay = locked(() -> model.isUnderWay(one));
                long left = end - ticker.getAsLong();
                if (!underWay) {
                    locked(this::settle);
                    return locked(() -> model.failures(one)).orElse(null);
                }
                if (left <= 0) {
                    return "it is still being loaded after " + patience.toSeconds() + " s";
                }
                changes.awaitBeyond(seen, Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "nobody waited for it";
        }
    }

    /**
     * Unloads a model; what it was asked before is still answered, what it is asked once this returns is not.
     *
     * @param one null for all of it
     */
    public void unload(String model, @Nullable String one) {
        requireExplicit();
        long told = locked(() -> {
            HeldModel known = held.get(model);
            if (known == null || (one != null && !known.known().contains(one))) {
                throw new InferenceFailure(
                        Cause.UNKNOWN_MODEL,
                        "Request for unknown model: '" + model + "'" + (one == null ? "" : " version '" + one + "'")
                                + " is not loaded");
            }
            List<String> versions = one == null ? List.copyOf(known.known()) : List.of(one);
            versions.forEach(known::drop);
            if (known.known().isEmpty()) {
                held.remove(model);
            }
            versions.forEach(
                    version -> gone.computeIfAbsent(model, _ -> new TreeMap<>()).put(version, "unloaded"));
            tell();
            return version;
        });
        awaitActedOn(told);
    }

    private void awaitActedOn(long told) {
        long end = ticker.getAsLong() + patience.toNanos();
        try {
            while (catalog.routingVersion() < told && ticker.getAsLong() < end) {
                changes.awaitBeyond(changes.count(), LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget(String model) {
        HeldModel known = held.remove(model);
        if (known != null) {
            gone.put(
                    model,
                    known.known().stream()
                            .collect(Collectors.toMap(version -> version, _ -> "unloaded: its folder is gone")));
        }
    }

    private void requireExplicit() {
        if (config.control() != RepositoryConfig.Control.EXPLICIT) {
            throw new InferenceFailure(
                    Cause.UNSUPPORTED,
                    "explicit model load / unload is not allowed: this server was started with --model-control "
                            + config.control().name().toLowerCase(Locale.ROOT)
                            + "; start it with --model-control explicit");
        }
    }

    /** The models and versions that there are, sorted. */
    public List<IndexedVersion> index() {
        List<String> onDisk = names();
        return locked(() -> new Index(catalog, held, gone).lines(onDisk));
    }

    private List<String> names() {
        try {
            return folder.scan().stream().map(FoundModel::name).toList();
        } catch (IOException e) {
            throw new InferenceFailure(Cause.UNAVAILABLE, "the model folder cannot be read: " + e.getMessage(), e);
        }
    }

    /** What a model's {@code config.yaml} says, as it was loaded; nothing if it is not. */
    public Optional<ModelSettings> settings(String model) {
        return locked(() -> Optional.ofNullable(held.get(model)).map(HeldModel::settings));
    }

    /** What stands against a model of which the catalog was given nothing; null if there is no such. */
    public @Nullable String notReady() {
        return locked(() -> held.values().stream()
                        .filter(HeldModel::isWithoutFiles)
                        .flatMap(model -> model.complaints().stream()
                                .map(complaint -> "model '" + model.name() + "' " + complaint))
                        .findFirst())
                .orElse(null);
    }

    private String noFolder() {
        return "there is no folder of that name in " + folder.root();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the folder no more; the catalog stays as it is. */
    @Override
    public void close() {
        closed = true;
        changes.happened();
        try {
            thread.join(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
