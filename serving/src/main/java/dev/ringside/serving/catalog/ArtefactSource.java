package dev.ringside.serving.catalog;

import java.io.IOException;
import java.nio.file.Path;

/** Where model files and manifests are fetched from, by digest: the control plane's artefact store. */
@FunctionalInterface
public interface ArtefactSource {
    /**
     * Fetches an artefact into a file: it may be larger than the heap. It may block, and is interrupted when it takes too long or is not wanted any more.
     *
     * @param sha256 its digest, 64 lower-case hexadecimal digits
     * @param to an empty file for its bytes; the caller checks their digest
     * @throws IOException if it is not there or does not come; it is tried again later
     */
    void fetch(String sha256, Path to) throws IOException, InterruptedException;
}
