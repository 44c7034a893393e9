package dev.ringside.app.platform;

import dev.ringside.app.configuration.Role;
import java.util.List;

/** Which processes a platform has. */
public enum Layout {
    /** One with all roles. */
    TOGETHER,
    /** One for each role. */
    SPLIT,
    /** What predictions need, one for each role; nobody counts what comes of them. */
    ROUTED;

    /** The embedded parts first: all others need them, and start side by side. */
    List<Part> parts() {
        return switch (this) {
            case TOGETHER -> List.of(new Part(Role.ALL, 640));
            case SPLIT ->
                List.of(
                        // Unpacking the binaries of PostgreSQL takes most of it.
                        new Part(Role.NONE, 320),
                        new Part(Role.EXPERIMENTS, 192),
                        new Part(Role.SERVING, 192),
                        new Part(Role.ROUTER, 224),
                        new Part(Role.INGEST, 192),
                        new Part(Role.METRICS, 320));
            case ROUTED ->
                List.of(
                        new Part(Role.NONE, 320),
                        new Part(Role.EXPERIMENTS, 192),
                        new Part(Role.SERVING, 256),
                        new Part(Role.ROUTER, 256));
        };
    }
}
