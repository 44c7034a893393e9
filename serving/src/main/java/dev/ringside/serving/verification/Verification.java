package dev.ringside.serving.verification;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.ModelFailure;

/** The checks of names, digests, types and shapes that a version passes before its model is run at all. */
public final class Verification {
    private Verification() {}

    /**
     * The manifest is this version's, and fits the slot.
     *
     * @param slotName the slot's name
     * @param version the version's name
     * @param sha256 the model file's digest, as the routing table has it
     * @param slot what the slot declares
     */
    public static void manifest(ModelManifest manifest, String slotName, String version, String sha256, Signature slot)
            throws ModelFailure {
        equal("slot", slotName, manifest.slot());
        equal("version", version, manifest.version());
        equal("sha256", sha256, manifest.sha256());
        try {
            manifest.signature().requireFits(slot);
        } catch (InvalidInput e) {
            throw new ModelFailure("manifest: " + e.getMessage(), e);
        }
    }

    private static void equal(String field, String expected, String found) throws ModelFailure {
        if (!expected.equals(found)) {
            throw new ModelFailure("manifest: '" + field + "': expected \"" + expected
                    + "\" as the routing table says, found \"" + found + "\"");
        }
    }

    /** The file takes exactly the manifest's inputs and gives at least its outputs. */
    public static void signature(Signature manifest, Signature file) throws ModelFailure {
        try {
            manifest.requireTrueOf(file);
        } catch (InvalidInput e) {
            throw new ModelFailure("manifest: " + e.getMessage(), e);
        }
    }
}
