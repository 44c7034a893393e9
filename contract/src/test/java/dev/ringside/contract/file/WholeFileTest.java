package dev.ringside.contract.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileTakesTheOldOnesPlaceAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("card.md");
        WholeFile.write(file, "before");

        assertEquals(file, WholeFile.write(file, "café"));

        assertEquals("café", Files.readString(file));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void whereItCannotBeWrittenTheOldOneStays() throws IOException {
        Path file = WholeFile.write(folder.resolve("card.md"), "before");
        Files.createDirectory(folder.resolve("card.md.partial"));

        assertThrows(IOException.class, () -> WholeFile.write(file, "after"));

        assertEquals("before", Files.readString(file));
    }
}
