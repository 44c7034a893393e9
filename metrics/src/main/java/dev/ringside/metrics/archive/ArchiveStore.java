package dev.ringside.metrics.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where files of archives are kept beyond a machine's disk, each under its name. What is half there is not there. Several
 * processes may keep files of the same records: which of them make a whole archive, {@link ArchiveCopy} finds out.
 */
public interface ArchiveStore {
    /**
     * The names that are kept, sorted.
     *
     * @param prefix how they begin
     * @param after they come after this one, in the order of their characters
     */
    List<String> names(String prefix, String after) throws IOException;

    /** Keeps a file under its own name. */
    void keep(Path file) throws IOException;

    /** Fetches a file to where there is none; whoever asks checks its digest. */
    void fetch(String name, Path to) throws IOException;
}
