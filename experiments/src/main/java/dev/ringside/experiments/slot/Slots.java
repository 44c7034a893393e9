package dev.ringside.experiments.slot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The slots of the installation. */
public final class Slots {
    private final AuditLog audit;
    private final SlotWatcher watcher;
    private final Supplier<String> salts;

    /**
     * @param watcher may refuse a change
     * @param salts gives random salts
     */
    public Slots(AuditLog audit, SlotWatcher watcher, Supplier<String> salts) {
        this.audit = audit;
        this.watcher = watcher;
        this.salts = salts;
    }

    /**
     * Makes or changes a slot; the same document again changes nothing. A layer salt that the document leaves out stays.
     *
     * @throws InvalidInput with every problem of the document
     * @throws Refusal if what is registered or running stands against it
     */
    public SlotDocument put(Tx tx, String name, JsonNode document, Cause cause) {
        Optional<SlotDocument> before = find(tx, name);
        SlotDocument after = SlotDocument.read(
                name, document, () -> before.map(SlotDocument::layerSalt).orElseGet(salts));
        if (before.isPresent() && before.get().equals(after)) {
            return after;
        }
        before.ifPresent(slot -> {
            requireVersionsFit(tx, after);
            requireSameDefault(tx, slot, after);
            watcher.slotChanged(tx, slot, after, cause);
        });
        tx.update(
                "INSERT INTO slots (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
                name,
                Json.write(after));
        audit.record(
                tx,
                cause,
                before.isPresent() ? "slot.change" : "slot.create",
                "slot/" + name,
                before.isPresent() ? Map.of("before", before.get(), "after", after) : Map.of("after", after));
        return after;
    }

    /** The document names the first default champion; afterwards the pointer has a history and is moved as such. */
    private static void requireSameDefault(Tx tx, SlotDocument before, SlotDocument after) {
        String wanted = after.defaultChampion();
        String present = Champions.pointers(tx, after.name()).get(Champions.DEFAULT);
        if (wanted != null && present != null && !wanted.equals(before.defaultChampion()) && !wanted.equals(present)) {
            throw Refusal.conflict("'default_champion': the default champion of slot '" + after.name() + "' is '"
                    + present + "'; change it with POST /api/slots/" + after.name() + "/champion");
        }
    }

    private static void requireVersionsFit(Tx tx, SlotDocument slot) {
        for (ModelManifest manifest : tx.list(
                "SELECT manifest FROM versions WHERE slot = ? ORDER BY version",
                c -> Json.read(c.text("manifest"), ModelManifest.class),
                slot.name())) {
            if (manifest.version().equals(slot.defaultChampion())
                    && manifest.refusal().isPresent()) {
                throw Refusal.conflict(
                        "'default_champion': " + manifest.refusal().get());
            }
            try {
                manifest.signature().requireFits(slot.signature());
            } catch (InvalidInput e) {
                throw Refusal.conflict("'signature': the registered version '" + manifest.version()
                        + "' would not fit: " + e.getMessage());
            }
        }
    }

    /** All slots, by name. */
    public static List<SlotDocument> all(Tx tx) {
        return tx.list(
                "SELECT document FROM slots ORDER BY name", c -> Json.read(c.text("document"), SlotDocument.class));
    }

    /** The slot of that name. */
    public static Optional<SlotDocument> find(Tx tx, String name) {
        return tx.one(
                "SELECT document FROM slots WHERE name = ?",
                c -> Json.read(c.text("document"), SlotDocument.class),
                name);
    }

    /**
     * The slot of that name.
     *
     * @throws Refusal if there is none, with the names of those that there are
     */
    public static SlotDocument get(Tx tx, String name) {
        return find(tx, name).orElseThrow(() -> {
            List<String> names = all(tx).stream().map(SlotDocument::name).toList();
            return Refusal.unknown("slot '" + name + "' does not exist; "
                    + (names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names)));
        });
    }
}
