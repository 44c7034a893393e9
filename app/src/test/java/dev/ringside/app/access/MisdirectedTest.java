package dev.ringside.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.InstallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisdirectedTest {
    @TempDir
    Path folder;

    @Test
    void aRequestForAnotherInstallationIsToldWhoseAddressThisIs() throws IOException {
        DataFolder data = DataFolder.open(folder);
        String id = InstallFile.open(data, Instant.EPOCH).id();
        var misdirected = new Misdirected(data);
        assertEquals(Optional.of("the Ringside on data folder " + folder), misdirected.complaint("AnotherOne"));
        assertEquals(Optional.empty(), misdirected.complaint(id));
        assertEquals(Optional.empty(), misdirected.complaint(null));
    }

    @Test
    void aFolderWithoutAnIdTurnsNobodyAway() throws IOException {
        assertEquals(Optional.empty(), new Misdirected(DataFolder.open(folder)).complaint("AnotherOne"));
    }
}
