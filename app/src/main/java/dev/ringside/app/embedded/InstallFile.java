package dev.ringside.app.embedded;

import dev.ringside.app.configuration.ClockConfig;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code install.json} of a data folder: which installation this is. The embedded parts carry its id, so that
 * each can be told from that of another folder; and events of two clocks must never meet in one folder.
 *
 * @param id 22 characters, also the id of the embedded Kafka's cluster
 * @param clock whose clock its events carry; null until a process with a role has started
 * @param made when
 */
public record InstallFile(String id, ClockConfig.@Nullable Kind clock, Instant made) {
    /** The header of a request that is meant for one installation alone: its id. */
    public static final String HEADER = "X-Ringside-Install";

    private static final String FILE = "install.json";

    /** Reads the folder's file, making it if there is none. */
    public static InstallFile open(DataFolder data, Instant now) throws IOException {
        return locked(data, () -> {
            InstallFile found = find(data);
            return found == null ? new InstallFile(randomId(), null, now).write(data) : found;
        });
    }

    /**
     * Fixes the clock if it was not, and refuses another one.
     *
     * @throws StartRefused if the folder's events carry another clock
     */
    public static void requireClock(DataFolder data, ClockConfig.Kind wanted) throws IOException, StartRefused {
        ClockConfig.Kind fixed = locked(data, () -> {
            InstallFile found = find(data);
            if (found == null || found.clock != null) {
                return found == null ? null : found.clock;
            }
            return new InstallFile(found.id, wanted, found.made).write(data).clock;
        });
        if (fixed != null && fixed != wanted) {
            throw new StartRefused("the events in data folder " + data.root() + " carry " + words(fixed) + ", not "
                    + words(wanted) + ": start with RINGSIDE_CLOCK="
                    + fixed.name().toLowerCase(Locale.ROOT)
                    + ", or name another folder with --data-dir");
        }
    }

    private static String words(ClockConfig.Kind kind) {
        return switch (kind) {
            case WALL -> "the machine's clock";
            case REQUEST -> "a replay's clock";
        };
    }

    /** The folder's file; null where nothing was ever started on it. */
    public static @Nullable InstallFile find(DataFolder data) throws IOException {
        Path file = data.resolve(FILE);
        return Files.exists(file) ? Json.read(Files.readAllBytes(file), InstallFile.class) : null;
    }

    private InstallFile write(DataFolder data) throws IOException {
        PrivateFiles.write(data.resolve(FILE), Json.pretty(this) + "\n");
        return this;
    }

    private interface Work<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private static <T extends @Nullable Object> T locked(DataFolder data, Work<T> work) throws IOException {
        // The lock goes with its channel.
        try (FileChannel lock =
                FileChannel.open(data.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            return work.run();
        }
    }

    /** As Kafka writes the ids of clusters, which must not begin with a minus sign. */
    private static String randomId() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return id.startsWith("-") ? "A" + id.substring(1) : id;
    }
}
