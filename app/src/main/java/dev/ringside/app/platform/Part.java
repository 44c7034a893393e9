package dev.ringside.app.platform;

import dev.ringside.app.configuration.Role;
import java.util.List;

/**
 * One process of the platform.
 *
 * @param role what it does
 * @param heapMegabytes the most that its heap may take
 */
record Part(Role role, int heapMegabytes) {
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
