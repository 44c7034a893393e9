package dev.ringside.experiments.registry;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.SlotRoutes.VersionRoute;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.slot.SlotDocument;
import dev.ringside.experiments.slot.Slots;
import dev.ringside.experiments.store.Columns;
import dev.ringside.experiments.store.Store;
import dev.ringside.experiments.store.Tx;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The registry: which versions each slot has, and what they are made of. A version never changes. */
public final class Versions {
    private static final List<String> FORMATS =
            List.of(ModelManifest.ONNX, ModelManifest.TORCHSCRIPT, ModelManifest.REMOTE);

    /** Who keeps a refused version out of the routing table from the beginning. */
    private static final String GATES = "gates";

    private final Artefacts artefacts;
    private final ModelInspector inspector;
    private final AuditLog audit;
    private final Clock wall;

    /** @param wall the machine's clock */
    public Versions(Artefacts artefacts, ModelInspector inspector, AuditLog audit, Clock wall) {
        this.artefacts = artefacts;
        this.inspector = inspector;
        this.audit = audit;
        this.wall = wall;
    }

    /**
     * What became of a registration.
     *
     * @param version the version
     * @param added false if the same was registered before
     */
    public record Registration(RegisteredVersion version, boolean added) {}

    /**
     * Registers a version; the same again changes nothing. Its file is opened and run once before. One that the gates of
     * its training refused is kept so that everybody sees that it was tried and why not: it is in no routing table, now or
     * later.
     *
     * @throws InvalidInput if it does not fit the slot, cannot be served, or is not what its manifest says
     * @throws Refusal if its file was not uploaded, or another version has its name
     */
    public Registration register(Store store, String slotName, ModelManifest manifest, Cause cause) {
        check(store.read(tx -> Slots.get(tx, slotName)), manifest);
        // Files first, outside of the transaction: a large one takes its time, and one too many does no harm.
        ModelInspection file = inspect(manifest.sha256());
        InvalidInput.require(
                manifest.format().equals(file.format()),
                "format",
                "is \"" + manifest.format() + "\" in the manifest, and the file is \"" + file.format() + "\"");
        try {
            manifest.signature().requireTrueOf(file.signature());
        } catch (InvalidInput e) {
            throw e.within("signature");
        }
        String manifestSha256 = keep(manifest);
        return store.write(tx -> add(tx, manifest, manifestSha256, cause));
    }

    /**
     * What an uploaded file says of itself, opened and run once.
     *
     * @throws InvalidInput if it cannot be served, with the runtime's reason
     * @throws Refusal if it was not uploaded, or nobody can say so now
     */
    public ModelInspection inspect(String sha256) {
        return artefacts.read(sha256, inspector::inspect);
    }

    private static void check(SlotDocument slot, ModelManifest manifest) {
        InvalidInput.require(
                manifest.slot().equals(slot.name()),
                "slot",
                "expected \"" + slot.name() + "\" as in the URL, found \"" + manifest.slot() + "\"");
        InvalidInput.require(
                FORMATS.contains(manifest.format()),
                "format",
                "expected one of " + FORMATS + ", found \"" + manifest.format() + "\"");
        requireTypes(
                "inputs", slot, slot.signature().inputs(), manifest.signature().inputs());
        requireTypes(
                "outputs",
                slot,
                slot.signature().outputs(),
                manifest.signature().outputs());
        try {
            manifest.signature().requireFits(slot.signature());
        } catch (InvalidInput e) {
            throw e.within("signature");
        }
    }

    /** Another type is the commonest misfit of a file that was made elsewhere, so it is said with what to do. */
    private static void requireTypes(
            String side, SlotDocument slot, List<TensorSpec> declared, List<TensorSpec> found) {
        for (TensorSpec tensor : found) {
            for (TensorSpec expected : declared) {
                InvalidInput.require(
                        !expected.name().equals(tensor.name()) || expected.datatype() == tensor.datatype(),
                        "signature." + side + "." + tensor.name(),
                        "the file's " + side.substring(0, side.length() - 1) + " '" + tensor.name() + "' is "
                                + tensor.datatype() + ", slot '" + slot.name() + "' declares " + expected.datatype()
                                + ": convert the model, or register it in a slot of its own with --create-slot");
            }
        }
    }

    private Registration add(Tx tx, ModelManifest manifest, String manifestSha256, Cause cause) {
        check(Slots.get(tx, manifest.slot()), manifest);
        Optional<RegisteredVersion> before = find(tx, manifest.slot(), manifest.version());
        if (before.isPresent()) {
            requireSame(before.get(), manifest, manifestSha256);
            return new Registration(before.get(), false);
        }
        boolean refused = !manifest.refusals().isEmpty();
        Instant now = wall.instant();
        tx.update(
                """
                INSERT INTO versions (slot, version, sha256, manifest_sha256, manifest, inputs, registered_wall, registered_by,
                    retired_wall, retired_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?)""",
                manifest.slot(),
                manifest.version(),
                manifest.sha256(),
                manifestSha256,
                Json.write(manifest),
                manifest.signature().inputs().stream().map(TensorSpec::name).toArray(String[]::new),
                now,
                cause.actor().name(),
                refused ? now : null,
                refused ? GATES : null);
        audit.record(
                tx,
                cause,
                refused ? "version.refuse" : "version.register",
                "version/" + manifest.slot() + "/" + manifest.version(),
                refused
                        ? Map.of(
                                "sha256",
                                manifest.sha256(),
                                "metrics",
                                manifest.metrics(),
                                "refused",
                                manifest.refusals())
                        : Map.of("sha256", manifest.sha256(), "metrics", manifest.metrics()));
        return new Registration(find(tx, manifest.slot(), manifest.version()).orElseThrow(), true);
    }

    private String keep(ModelManifest manifest) {
        return artefacts.put(new ByteArrayInputStream(Json.bytes(manifest))).sha256();
    }

    private static void requireSame(RegisteredVersion before, ModelManifest manifest, String manifestSha256) {
        if (!before.manifestSha256().equals(manifestSha256)) {
            boolean file = !before.manifest().sha256().equals(manifest.sha256());
            throw Refusal.conflict(
                    "slot '" + manifest.slot() + "' has a version '" + manifest.version() + "' with another "
                            + (file
                                    ? "model file: sha256 " + before.manifest().sha256()
                                    : "manifest: sha256 " + before.manifestSha256())
                            + "; a version never changes, register this one under another name");
        }
    }

    /** All versions of a slot, in the order of registration. */
    public static List<RegisteredVersion> all(Tx tx, String slot) {
        return tx.list("SELECT * FROM versions WHERE slot = ? ORDER BY registered_wall, version", Versions::read, slot);
    }

    /**
     * Where the file and the manifest of each version of a slot that is not retired are to be had, by version; no manifest is
     * read for it.
     */
    public static Map<String, VersionRoute> routes(Tx tx, String slot) {
        var routes = new TreeMap<String, VersionRoute>();
        tx.list(
                        "SELECT version, sha256, manifest_sha256, inputs FROM versions WHERE slot = ? AND retired_wall IS NULL",
                        c -> Map.entry(
                                c.text("version"),
                                new VersionRoute(c.text("sha256"), c.text("manifest_sha256"), c.texts("inputs"))),
                        slot)
                .forEach(route -> routes.put(route.getKey(), route.getValue()));
        return routes;
    }

    /**
     * Where a version is to be had.
     *
     * @throws Refusal if it is not registered, with the names of those that are
     */
    public static VersionRoute route(Tx tx, String slot, String version) {
        return tx.one(
                        "SELECT sha256, manifest_sha256, inputs FROM versions WHERE slot = ? AND version = ?",
                        c -> new VersionRoute(c.text("sha256"), c.text("manifest_sha256"), c.texts("inputs")),
                        slot,
                        version)
                .orElseThrow(() -> unknown(tx, slot, version));
    }

    private static Refusal unknown(Tx tx, String slot, String version) {
        List<String> names = names(tx, slot);
        return Refusal.unknown("slot '" + slot + "' has no version '" + version + "'; "
                + (names.isEmpty() ? "none is registered yet" : "registered are " + String.join(", ", names)));
    }

    /** The names of all versions of a slot, also of those that are retired. */
    public static List<String> names(Tx tx, String slot) {
        return tx.list("SELECT version FROM versions WHERE slot = ? ORDER BY version", c -> c.text("version"), slot);
    }

    /**
     * A version.
     *
     * @throws Refusal if it is not registered, with the names of those that are
     */
    public static RegisteredVersion get(Tx tx, String slot, String version) {
        return find(tx, slot, version).orElseThrow(() -> unknown(tx, slot, version));
    }

    /** When each version that is not retired was last named by something, or else registered, by the machine's clock. */
    public static Map<String, Instant> lastUsed(Tx tx, String slot) {
        var used = new TreeMap<String, Instant>();
        tx.list("""
                        SELECT version, coalesce(used_wall, registered_wall) AS last FROM versions
                        WHERE slot = ? AND retired_wall IS NULL""", c -> Map.entry(c.text("version"), c.instant("last")), slot)
                .forEach(last -> used.put(last.getKey(), last.getValue()));
        return used;
    }

    /** Keeps that something names a version. */
    public static void used(Tx tx, String slot, String version, Instant wall) {
        tx.update("UPDATE versions SET used_wall = ? WHERE slot = ? AND version = ?", wall, slot, version);
    }

    /** Takes a version out of the routing table. */
    public static void retire(Tx tx, String slot, String version, Instant wall, String by) {
        tx.update(
                "UPDATE versions SET retired_wall = ?, retired_by = ? WHERE slot = ? AND version = ?",
                wall,
                by,
                slot,
                version);
    }

    /** Brings a version back into the routing table. */
    public static void restore(Tx tx, String slot, String version, Instant wall) {
        tx.update("""
                UPDATE versions SET retired_wall = NULL, retired_by = NULL, used_wall = ?
                WHERE slot = ? AND version = ?""", wall, slot, version);
    }

    /** Removes a version that nothing refers to; its file stays, as another version may be made of it. */
    public static void delete(Tx tx, String slot, String version) {
        tx.update("DELETE FROM versions WHERE slot = ? AND version = ?", slot, version);
    }

    /** Whether a version was ever champion, or in a comparison that began. */
    public static boolean everServed(Tx tx, String slot, String version) {
        return tx.one(
                                "SELECT version FROM champion_history WHERE slot = ? AND version = ? LIMIT 1",
                                c -> c.text("version"),
                                slot,
                                version)
                        .isPresent()
                || tx.one("""
                                SELECT experiment FROM regions
                                WHERE slot = ? AND state <> 'waiting' AND strpos(body, ?) > 0 LIMIT 1""", c -> c.text("experiment"), slot, "\"version\":" + Json.write(version))
                        .isPresent();
    }

    /** Whether a slot has a version of that name. */
    public static boolean has(Tx tx, String slot, String version) {
        return tx.one(
                        "SELECT version FROM versions WHERE slot = ? AND version = ?",
                        c -> c.text("version"),
                        slot,
                        version)
                .isPresent();
    }

    /** A version. */
    public static Optional<RegisteredVersion> find(Tx tx, String slot, String version) {
        return tx.one("SELECT * FROM versions WHERE slot = ? AND version = ?", Versions::read, slot, version);
    }

    private static RegisteredVersion read(Columns c) {
        return new RegisteredVersion(
                Json.read(c.text("manifest"), ModelManifest.class),
                c.text("manifest_sha256"),
                c.instant("registered_wall"),
                c.text("registered_by"),
                c.instantOrNull("retired_wall"),
                c.textOrNull("retired_by"));
    }
}
