package dev.ringside.serving.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The files of versions that a control plane names by their digests. */
interface Artefacts {
    /** None: for a catalog that serves what lies in folders. */
    Artefacts NONE = new Artefacts() {
        @Override
        public Path file(String sha256) throws IOException {
            throw new IOException("there is no control plane to fetch " + sha256 + " from");
        }

        @Override
        public void retain(Set<String> digests) {}
    };

    /**
     * The file with that digest.
     *
     * @throws IOException if it cannot be had
     */
    Path file(String sha256) throws IOException, InterruptedException;

    /** Deletes all files but these. */
    void retain(Set<String> digests) throws IOException;
}
