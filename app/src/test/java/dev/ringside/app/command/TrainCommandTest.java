package dev.ringside.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    Path folder;

    private static List<String> processArguments(String... arguments) throws IOException {
        var command = new TrainCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.processArguments();
    }

    @Test
    void aVersionIsRegisteredWhereTheDataFolderSays() throws IOException {
        Files.writeString(folder.resolve("ports.json"), "{\"url\": \"http://127.0.0.1:9070\", \"roles\": {}}");

        assertEquals(
                List.of("c.yaml", "--seed", "7", "--as", "ada", "--url", "http://127.0.0.1:9070", "--if-reachable"),
                processArguments("c.yaml", "--seed", "7", "--data-dir", folder.toString(), "--as", "ada"));
    }

    @Test
    void anAddressGoesBeforeTheDataFolder() throws IOException {
        Files.writeString(folder.resolve("ports.json"), "{\"url\": \"http://127.0.0.1:9070\", \"roles\": {}}");

        assertEquals(
                List.of("c.yaml", "--url", "http://ringside:7070"),
                processArguments("c.yaml", "--url=http://ringside:7070", "--data-dir=" + folder));
    }

    @Test
    @DisplayName("P7: where no platform was started the default address is asked, as by every other command")
    void whereNoPlatformWasStartedTheDefaultAddressIsAsked() throws IOException {

        assertEquals(
                List.of("c.yaml", "--data", "flights.csv", "--url", "http://127.0.0.1:7070", "--if-reachable"),
                processArguments("c.yaml", "--data", "flights.csv", "--data-dir", folder.toString()));
    }
}
