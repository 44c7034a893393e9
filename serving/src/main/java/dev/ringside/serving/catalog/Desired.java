package dev.ringside.serving.catalog;

import dev.ringside.contract.model.Signature;

/**
 * A version as it is wanted. If anything here changes, the version is loaded anew beside the one that serves.
 *
 * @param key its names
 * @param source what it is made of
 */
record Desired(Key key, Source source) {
    /**
     * What a version is called.
     *
     * @param slot the slot
     * @param version the version
     */
    record Key(String slot, String version) {
        @Override
        public String toString() {
            return "model '" + slot + "' version '" + version + "'";
        }
    }

    /** What a version is made of. */
    sealed interface Source permits Registered, ModelFile {
        /** Changes with the model file; versions that have it in common share one open file. */
        String digest();
    }

    /**
     * A version of a control plane's registry.
     *
     * @param modelSha256 digest of the model file
     * @param manifestSha256 digest of its manifest
     * @param slot what the slot declares
     */
    record Registered(String modelSha256, String manifestSha256, Signature slot) implements Source {
        @Override
        public String digest() {
            return modelSha256;
        }
    }
}
