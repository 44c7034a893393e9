package dev.ringside.serving.catalog;

import java.io.IOException;

/** Where model files and manifests are fetched from, by digest: the control plane's artefact store. */
@FunctionalInterface
public interface ArtefactSource {
    /**
     * Fetches an artefact whole. It may block, and is interrupted when it takes too long or is not wanted any more.
     *
     * @param sha256 its digest, 64 lower-case hexadecimal digits
     * @return its bytes; the caller checks the digest
     * @throws IOException if it is not there or does not come; it is tried again later
     */
    byte[] fetch(String sha256) throws IOException, InterruptedException;
}
