package dev.ringside.app.demo.platform;

import dev.ringside.app.configuration.Role;
import java.util.List;

/**
 * One process of the platform.
 *
 * @param role what it does
 * @param heapMegabytes the most that its heap may take
 */
record Part(Role role, int heapMegabytes) {
    /** One process with all roles. */
    static final List<Part> TOGETHER = List.of(new Part(Role.ALL, 640));

    /** A process for each role, the embedded parts first: all others need them, and start side by side. */
    static final List<Part> SPLIT = List.of(
            // Unpacking the binaries of PostgreSQL takes most of it.
            new Part(Role.NONE, 320),
            new Part(Role.EXPERIMENTS, 192),
            new Part(Role.SERVING, 192),
            new Part(Role.ROUTER, 224),
            new Part(Role.INGEST, 192),
            new Part(Role.METRICS, 320));

    /** The JVM's options: several JVMs share one desk's machine. */
    List<String> options() {
        return List.of(
                "-Xmx" + heapMegabytes + "m",
                "-Xms" + Math.min(64, heapMegabytes) + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
