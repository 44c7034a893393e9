package dev.ringside.app.access;

import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.InstallFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds requests that were meant for another installation, which may have had this address before. */
final class Misdirected {
    private final DataFolder data;
    private final @Nullable String id;

    Misdirected(DataFolder data) throws IOException {
        InstallFile own = InstallFile.find(data);
        this.data = data;
        this.id = own == null ? null : own.id();
    }

    /**
     * Who this is, where another one is meant; empty where this one is, or the request does not say.
     *
     * @param meant the installation that the request names; null if none
     */
    Optional<String> complaint(@Nullable String meant) {
        return meant == null || id == null || meant.equals(id)
                ? Optional.empty()
                : Optional.of("the Ringside on data folder " + data.root());
    }
}
