package dev.ringside.serving.catalog;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.engine.Engine;
import dev.ringside.serving.ServingConfig;
import dev.ringside.serving.batching.BatchSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of this process: all versions that the routing table names, or that lie in a folder, loaded and unloaded as
 * others are wanted, and answered from. A version replaces what serves under its name only once it is verified and warm; what goes finishes its requests
 * first. To be used by any number of threads.
 */
public final class Catalog implements AutoCloseable {
    private static final Duration LAST_LOAD = Duration.ofSeconds(5);

    private final String platform;
    private final Reconciler reconciler;
    private final Thread thread;
    private final Duration drainTimeout;
    private volatile boolean leaving;

    /** Hears of every step of every version, on the catalog's thread: it must not block. */
    @FunctionalInterface
    public interface Listener {
        /** A version has entered a state. */
        void changed(String slot, String version, VersionState state);
    }

    /**
     * Starts the catalog's thread. The caller closes the catalog.
     *
     * @param engines one for each format
     * @param cache where files come from
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public Catalog(
            ServingConfig config, List<Engine> engines, ArtefactCache cache, LongSupplier ticker, Listener listener) {
        this(config, engines, (Artefacts) cache, ticker, listener);
    }

    /**
     * Starts the thread of a catalog of files that are served from where they lie. The caller closes the catalog.
     *
     * @param engines one for each format
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public Catalog(ServingConfig config, List<Engine> engines, LongSupplier ticker, Listener listener) {
        this(config, engines, Artefacts.NONE, ticker, listener);
    }

    private Catalog(
            ServingConfig config, List<Engine> engines, Artefacts artefacts, LongSupplier ticker, Listener listener) {
        int width = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        require(width >= 1, "ringside.serving.threads", "expected 1 or more, found " + width);
        require(config.queue() >= 1, "ringside.serving.queue", "expected 1 or more, found " + config.queue());
        require(!engines.isEmpty(), "engines", "expected at least one");
        this.platform = engines.getFirst().platform();
        var sessions = new Sessions(engines, width, config.queue(), ticker);
        this.reconciler = new Reconciler(config, sessions, artefacts, ticker, new Transitions(listener));
        this.drainTimeout = config.drainTimeout();
        this.thread = Thread.ofPlatform().name("serving-catalog").daemon().start(reconciler);
    }

    /** Takes a table as what is wanted from now on; returns at once. */
    public void accept(RoutingTable table) {
        reconciler.accept(Wanted.of(table));
    }

    /**
     * Takes a folder's models as what is wanted from now on; returns at once.
     *
     * @param version counts up with each change, from 1
     */
    public void accept(long version, Collection<FolderModel> models) {
        reconciler.accept(Wanted.of(version, models));
    }

    /** How far a folder's version has come that was wanted. */
    public Standing standing(String model, String version, ModelFile file) {
        var wanted = new Desired(new Desired.Key(model, version), file);
        Snapshot.Slot slot = reconciler.snapshot().slots().get(model);
        Version known = slot == null ? null : slot.versions().get(version);
        return known == null ? new Standing.UnderWay("not begun yet") : known.standing(wanted);
    }

    /** The version of the table, or of the folder, that is acted on; 0 before the first. */
    public long routingVersion() {
        return reconciler.snapshot().routingVersion();
    }

    /**
     * Answers a call by a version, before its deadline.
     *
     * @throws InferenceFailure {@code UNKNOWN_MODEL} if the table has no such version, {@code UNAVAILABLE} while it is
     *     not ready or too many requests wait, {@code MALFORMED} naming the tensor, {@code FAILED} if the model fails or
     *     gives what is not finite, {@code DEADLINE} if there is no answer by then or the calling thread is
     *     interrupted
     */
    public InferenceResponse infer(String slot, String version, Call call) {
        VersionMeter meter = reconciler.snapshot().version(slot, version).meter();
        return meter.answer(() -> infer(slot, version, call, meter));
    }

    private InferenceResponse infer(String slot, String version, Call call, VersionMeter meter) {
        while (true) {
            // Nothing comes back from a version that is being replaced; then its successor is already there.
            Optional<InferenceResponse> response = served(slot, version).infer(call, meter);
            if (response.isPresent()) {
                return response.get();
            }
        }
    }

    /**
     * Answers a call by whatever version of a folder's model is preferred of those that answer, before its deadline.
     *
     * @throws InferenceFailure as above
     */
    public InferenceResponse infer(String model, Call call) {
        // A version that goes has its successor in its place before it takes no request any more.
        Version version = standard(model);
        return version.meter().answer(() -> {
            for (Version next = version; ; next = standard(model)) {
                Load serving = next.serving();
                Optional<InferenceResponse> response =
                        serving == null ? Optional.empty() : serving.served().infer(call, next.meter());
                if (response.isPresent()) {
                    return response.get();
                }
            }
        });
    }

    private Version standard(String model) {
        return standard(model, reconciler.snapshot().slot(model));
    }

    private static Version standard(String model, Snapshot.Slot slot) {
        String name = slot.standard();
        if (name == null) {
            String why = slot.versions().values().stream()
                    .map(Version::report)
                    .filter(version -> !version.ready())
                    .sorted(Comparator.comparing(LoadedVersion::version))
                    .map(version -> "version '" + version.version() + "' " + version.reason())
                    .collect(Collectors.joining("; "));
            throw new InferenceFailure(
                    Cause.UNAVAILABLE, "model '" + model + "' is not ready" + (why.isEmpty() ? "" : ": " + why));
        }
        return Objects.requireNonNull(slot.versions().get(name), name);
    }

    private ServedVersion served(String slot, String name) {
        Version version = reconciler.snapshot().version(slot, name);
        Load serving = version.serving();
        if (serving == null) {
            throw new InferenceFailure(
                    Cause.UNAVAILABLE,
                    "model '" + slot + "' version '" + name + "' is not ready: " + version.notReady());
        }
        return serving.served();
    }

    /**
     * The metadata of a slot: what it declares, and the versions that answer. Its platform is the first engine's, as its
     * versions may have different ones. A folder's model declares what the version does that is asked where none is
     * named, and has its platform.
     *
     * @throws InferenceFailure {@code UNKNOWN_MODEL}, or {@code UNAVAILABLE} while no version of a folder's model is ready
     */
    public ModelMetadata metadata(String slot) {
        while (true) {
            Snapshot.Slot known = reconciler.snapshot().slot(slot);
            List<String> ready = known.versions().entrySet().stream()
                    .filter(entry -> entry.getValue().serving() != null)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            Signature declared = known.signature();
            if (declared != null) {
                return ModelMetadata.of(slot, ready, platform, declared);
            }
            Load serving = standard(slot, known).serving();
            // Nothing is there of a version that goes; then the next snapshot is without it.
            if (serving != null) {
                ModelMetadata standard = serving.served().metadata();
                return new ModelMetadata(slot, ready, standard.platform(), standard.inputs(), standard.outputs(), null);
            }
        }
    }

    /**
     * The metadata of a version: what it reads and gives.
     *
     * @throws InferenceFailure {@code UNKNOWN_MODEL}, or {@code UNAVAILABLE} while it is not ready
     */
    public ModelMetadata metadata(String slot, String version) {
        return served(slot, version).metadata();
    }

    /**
     * How requests of a version wait and are joined, with 0 for the most rows where each is run by itself; empty while it
     * does not answer.
     *
     * @param version null for what answers a folder's model where none is named, or the first by name of a slot's that
     *     answer
     * @throws InferenceFailure {@code UNKNOWN_MODEL}
     */
    public Optional<BatchSettings> batching(String slot, @Nullable String version) {
        Snapshot snapshot = reconciler.snapshot();
        Snapshot.Slot known = snapshot.slot(slot);
        String name = version == null ? known.standard() : version;
        Version found = name == null
                ? known.versions().entrySet().stream()
                        .filter(entry -> entry.getValue().serving() != null)
                        .min(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .orElse(null)
                : snapshot.version(slot, name);
        Load serving = found == null ? null : found.serving();
        return serving == null ? Optional.empty() : Optional.of(serving.served().batching());
    }

    /**
     * Whether the slot's champions answer, or any version of a folder's model.
     *
     * @throws InferenceFailure {@code UNKNOWN_MODEL}
     */
    public boolean ready(String slot) {
        return reconciler.snapshot().slot(slot).answers();
    }

    /**
     * Whether the version answers.
     *
     * @throws InferenceFailure {@code UNKNOWN_MODEL}
     */
    public boolean ready(String slot, String version) {
        return reconciler.snapshot().version(slot, version).serving() != null;
    }

    /**
     * Whether this server should get traffic: it knows what is wanted, all slots and models answer, and every other version has been
     * tried. A challenger that cannot be loaded does not take the champion down with it.
     */
    public boolean ready() {
        Snapshot snapshot = reconciler.snapshot();
        return !leaving
                && snapshot.routingVersion() > 0
                && snapshot.slots().values().stream()
                        .allMatch(slot -> (!slot.shouldAnswer() || slot.answers())
                                && slot.versions().values().stream().allMatch(Version::settled));
    }

    /** What this server has, for its report to the fleet, sorted. */
    public List<LoadedVersion> report() {
        return versions()
                .map(Version::report)
                .sorted(Comparator.comparing(LoadedVersion::slot).thenComparing(LoadedVersion::version))
                .toList();
    }

    /** Whether it has begun to leave. */
    public boolean isLeaving() {
        return leaving;
    }

    /** What each version was asked. */
    public List<VersionCounts> counts() {
        return versions().map(Version::counts).toList();
    }

    private Stream<Version> versions() {
        return reconciler.snapshot().slots().values().stream().flatMap(slot -> slot.versions().values().stream());
    }

    /** Is not ready from now on, yet answers: the first step of a stop, so that traffic goes elsewhere. */
    public void leave() {
        leaving = true;
    }

    /** Takes no more requests, waits for those under way as long as is configured, and frees the models. */
    @Override
    public void close() {
        leave();
        reconciler.stop();
        try {
            thread.join(drainTimeout.plus(LAST_LOAD));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
