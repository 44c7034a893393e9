package dev.ringside.app.embedded;

import dev.ringside.app.configuration.Role;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code ports.json} of a data folder: where everything of an installation on this machine listens.
 *
 * @param url the control plane and dashboard
 * @param roles HTTP address by role
 * @param kafka bootstrap servers of the embedded Kafka; null where another one is configured, of which each process must
 *     be told, with who it is there
 * @param postgres JDBC address of the embedded PostgreSQL; null where another one is configured
 * @param redis host and port of the embedded Redis; null where another one is configured, or none is wanted
 */
public record Addresses(
        @Nullable String url,
        Map<String, String> roles,
        @Nullable String kafka,
        @Nullable String postgres,
        @Nullable String redis) {
    private static final String FILE = "ports.json";

    /** Copies the map. */
    public Addresses {
        roles = roles == null ? Map.of() : Map.copyOf(roles);
    }

    /** What the folder's file says; nothing if there is none. */
    public static Addresses read(DataFolder data) throws IOException {
        Path file = data.resolve(FILE);
        return Files.exists(file)
                ? Json.read(Files.readAllBytes(file), Addresses.class)
                : new Addresses(null, Map.of(), null, null, null);
    }

    /** The address of a role: its own process's, or that of the process with all of them. */
    public @Nullable String of(Role role) {
        String own = roles.get(role.label());
        return own == null ? roles.get(Role.ALL.label()) : own;
    }

    /** Takes out what this process has published; the file goes with the last one that is in it. */
    public static void withdraw(DataFolder data, Role role) throws IOException {
        // The lock goes with its channel.
        try (FileChannel lock =
                FileChannel.open(data.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Addresses before = read(data);
            var roles = new TreeMap<>(before.roles);
            roles.remove(role.label());
            boolean started = role == Role.ALL || role == Role.NONE;
            var after = new Addresses(
                    role.includes(Role.EXPERIMENTS) ? null : before.url,
                    roles,
                    started ? null : before.kafka,
                    started ? null : before.postgres,
                    started ? null : before.redis);
            if (roles.isEmpty() && after.kafka == null && after.postgres == null && after.redis == null) {
                Files.deleteIfExists(data.resolve(FILE));
            } else {
                after.write(data);
            }
        }
    }

    private void write(DataFolder data) throws IOException {
        Path next = data.resolve(FILE + ".next");
        Files.writeString(next, Json.pretty(this) + "\n", StandardCharsets.UTF_8);
        Files.move(next, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Adds what this process knows to the folder's file; other processes of the folder do the same.
     *
     * @param role one that starts embedded parts says which of them there are, the others leave that as it is
     * @param kafka the bootstrap servers of the Kafka that it has started; null if it has not
     * @param postgres the JDBC address of the PostgreSQL that it has started; null if it has not
     * @param redis host and port of the Redis that it has started; null if it has not
     */
    public static Addresses publish(
            DataFolder data,
            Role role,
            Ports ports,
            @Nullable String kafka,
            @Nullable String postgres,
            @Nullable String redis)
            throws IOException {
        // The lock goes with its channel.
        try (FileChannel lock =
                FileChannel.open(data.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Addresses before = read(data);
            var roles = new TreeMap<>(before.roles);
            String here = "http://127.0.0.1:" + ports.http(role);
            if (role == Role.ALL) {
                roles.clear();
            } else {
                roles.remove(Role.ALL.label());
            }
            if (role != Role.NONE) {
                roles.put(role.label(), here);
            }
            boolean starts = role == Role.ALL || role == Role.NONE;
            Addresses after = new Addresses(
                    role.includes(Role.EXPERIMENTS) ? here : before.url,
                    roles,
                    starts ? kafka : before.kafka,
                    starts ? postgres : before.postgres,
                    starts ? redis : before.redis);
            after.write(data);
            return after;
        }
    }
}
