package dev.ringside.experiments.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Golden samples under {@code documents/}. */
public final class Samples {
    private Samples() {}

    public static String read(String name) {
        try (var in = Objects.requireNonNull(Samples.class.getResourceAsStream("/documents/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
