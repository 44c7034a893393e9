package dev.ringside.app.platform;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
    @TempDir
    Path folder;

    private Platform platform(Map<String, String> settings) throws IOException {
        Path jar = folder.resolve("application.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubApplication.class.getName());
        String entry = StubApplication.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = StubApplication.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        return new Platform(jar, DataFolder.open(folder.resolve("data")), new Ports(39_070), Layout.TOGETHER, settings);
    }

    @Test
    void aStartThatFailsShowsTheLastLinesOfTheProcess() throws IOException {
        try (Platform platform = platform(Map.of("ringside.stub.fails", "true"))) {
            IOException failure = assertThrows(IOException.class, platform::start);
            assertTrue(failure.getMessage().contains("role all ended with status 3"), failure.getMessage());
            assertTrue(failure.getMessage().contains("arguments up --role all --data-dir"), failure.getMessage());
            assertTrue(failure.getMessage().contains("port 7070 is taken"), failure.getMessage());
        }
    }

    @Test
    void closingWhileItStartsEndsTheProcessAndTheStart() throws Exception {
        Platform platform = platform(Map.of());
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> {
            try {
                platform.start();
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Path output = folder.resolve("data").resolve("all.out");
        while (!Files.exists(output) || Files.size(output) == 0) {
            Thread.sleep(20);
        }
        assertTimeout(Duration.ofSeconds(20), platform::close);
        CompletionException ended = assertThrows(CompletionException.class, start::join);
        assertTrue(ended.getCause() instanceof IOException, ended.toString());
    }
}
