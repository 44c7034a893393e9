package dev.ringside.experiments.slot;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.SlotRoutes.UnitOverride;
import dev.ringside.experiments.Cause;
import dev.ringside.experiments.Refusal;
import dev.ringside.experiments.audit.AuditLog;
import dev.ringside.experiments.store.Tx;
import java.util.List;
import java.util.Map;

/** Units, such as testers, that always get one version: marked in the events and never analysed. */
public final class Overrides {
    private static final int LONGEST = 256;

    private final AuditLog audit;
    private final Readiness readiness;

    /** @param readiness a unit is never sent to a version that it finds something missing for */
    public Overrides(AuditLog audit, Readiness readiness) {
        this.audit = audit;
        this.readiness = readiness;
    }

    /** Sends a unit to a version. */
    public void put(Tx tx, SlotDocument slot, String unit, String version, Cause cause) {
        InvalidInput.require(
                !unit.isBlank() && unit.length() <= LONGEST,
                "unit",
                "expected a text of 1 to " + LONGEST + " characters");
        readiness.missing(tx, slot.name(), version).ifPresent(missing -> {
            throw Refusal.conflict(missing);
        });
        tx.update("""
                INSERT INTO overrides (slot, unit, version) VALUES (?, ?, ?)
                ON CONFLICT (slot, unit) DO UPDATE SET version = excluded.version""", slot.name(), unit, version);
        audit.record(tx, cause, "override.set", "slot/" + slot.name(), Map.of("unit", unit, "version", version));
    }

    /** Sends a unit where all others go. */
    public void remove(Tx tx, SlotDocument slot, String unit, Cause cause) {
        if (tx.update("DELETE FROM overrides WHERE slot = ? AND unit = ?", slot.name(), unit) == 0) {
            throw Refusal.unknown("unit '" + unit + "' has no override in slot '" + slot.name() + "'; there are "
                    + list(tx, slot.name()).stream().map(UnitOverride::unit).toList());
        }
        audit.record(tx, cause, "override.remove", "slot/" + slot.name(), Map.of("unit", unit));
    }

    /** All overrides of a slot, by unit. */
    public static List<UnitOverride> list(Tx tx, String slot) {
        return tx.list(
                "SELECT unit, version FROM overrides WHERE slot = ? ORDER BY unit",
                c -> new UnitOverride(c.text("unit"), c.text("version")),
                slot);
    }
}
