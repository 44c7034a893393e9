package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.model.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted as the catalog acts on it. Immutable; the versions in it move on.
 *
 * @param routingVersion the version of what is wanted; 0 before the first
 * @param slots by name
 */
record Snapshot(long routingVersion, Map<String, Slot> slots) {
    static final Snapshot NONE = new Snapshot(0, Map.of());

    /**
     * A slot.
     *
     * @param signature what it declares; null where each version says that itself
     * @param champions the versions that a champion's pointer names
     * @param preferred of which the first that answers is asked where a request names none
     * @param versions all of its versions, by name
     */
    record Slot(
            @Nullable Signature signature,
            Set<String> champions,
            List<String> preferred,
            Map<String, Version> versions) {
        /** Whether it answers: a slot with its champions, a folder's model with any version that is preferred. */
        boolean answers() {
            return preferred.isEmpty()
                    ? !champions.isEmpty() && champions.stream().allMatch(this::serves)
                    : standard() != null;
        }

        /** What answers a request that names no version; null if nothing does. */
        @Nullable
        String standard() {
            for (String name : preferred) {
                if (serves(name)) {
                    return name;
                }
            }
            return null;
        }

        private boolean serves(String name) {
            Version version = versions.get(name);
            return version != null && version.serving() != null;
        }

        /** Whether it is wanted to answer at all. */
        boolean shouldAnswer() {
            return !champions.isEmpty() || !preferred.isEmpty();
        }
    }

    static Snapshot of(Wanted wanted, Map<Desired.Key, Version> versions) {
        var slots = new HashMap<String, Slot>();
        wanted.slots().forEach((name, slot) -> {
            var ofSlot = new HashMap<String, Version>();
            versions.forEach((key, version) -> {
                if (key.slot().equals(name)) {
                    ofSlot.put(key.version(), version);
                }
            });
            slots.put(name, new Slot(slot.signature(), slot.champions(), slot.preferred(), Map.copyOf(ofSlot)));
        });
        return new Snapshot(wanted.version(), Map.copyOf(slots));
    }

    /** @throws InferenceFailure {@code UNKNOWN_MODEL} */
    Slot slot(String name) {
        Slot slot = slots.get(name);
        if (slot == null) {
            // Triton's example clients look for these first words.
            throw new InferenceFailure(Cause.UNKNOWN_MODEL, "Request for unknown model: '" + name + "' is not found");
        }
        return slot;
    }

    /** @throws InferenceFailure {@code UNKNOWN_MODEL} */
    Version version(String slot, String name) {
        Version version = slot(slot).versions().get(name);
        if (version == null) {
            throw new InferenceFailure(
                    Cause.UNKNOWN_MODEL,
                    "Request for unknown model: '" + slot + "' version '" + name + "' is not found");
        }
        return version;
    }
}
