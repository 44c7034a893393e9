package dev.ringside.contract.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Golden samples beside the tests: bodies as they cross the wire. */
final class Sample {
    private Sample() {}

    /** A sample without the newline that ends its file. */
    static byte[] bytes(String name) {
        return text(name).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static String text(String name) {
        try (InputStream in = Sample.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
