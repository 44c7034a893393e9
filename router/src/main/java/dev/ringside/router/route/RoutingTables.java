package dev.ringside.router.route;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.router.limit.SlotLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The routing table that this router acts on, in memory and on its disk: it goes on with the last one when everything
 * else is down, also after a restart.
 */
public final class RoutingTables {
    private static final System.Logger LOG = System.getLogger(RoutingTables.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;
    private final Clock clock;
    private volatile @Nullable Routes held;
    private volatile @Nullable String problem;

    /** What became of a table that was offered. */
    public sealed interface Acceptance {
        /** It is in effect. */
        record Taken() implements Acceptance {}

        /** The one in effect is as new, or newer. */
        record NotNewer(long version) implements Acceptance {}

        /** It cannot be acted on; the one before stays in effect. */
        record Refused(String why) implements Acceptance {}
    }

    /**
     * Takes up the table that the disk has, if any.
     *
     * @param file where it is kept
     * @param clock the wall's, for the table's age
     */
    public RoutingTables(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            if (Files.exists(file)) {
                held = new Routes(Json.read(Files.readAllBytes(file), RoutingTable.class));
            }
        } catch (IOException | RuntimeException e) {
            report("the routing table in " + file + " cannot be read, waiting for one from the control plane: "
                    + e.getMessage());
        }
    }

    /** Takes a table that is newer than the one in effect, and keeps it. */
    public Acceptance accept(RoutingTable table) {
        lock.lock();
        try {
            Routes before = held;
            if (before != null) {
                String other = otherInstallation(before.table(), table);
                if (other != null) {
                    return refuse(table, other);
                }
                if (table.version() <= before.table().version()) {
                    return new Acceptance.NotNewer(before.table().version());
                }
            }
            held = new Routes(table);
            keep(table);
            return new Acceptance.Taken();
        } catch (InvalidInput | IllegalStateException e) {
            return refuse(table, e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** The table in effect; null before the first, and then nothing can be answered. */
    public @Nullable RoutingTable current() {
        Routes now = held;
        return now == null ? null : now.table();
    }

    /** How many partitions the event log has; 0 before the first table. */
    public int partitions() {
        Routes now = held;
        return now == null ? 0 : now.table().partitions();
    }

    /** How long ago the table in effect was made. */
    public Optional<Duration> age() {
        Routes now = held;
        return now == null
                ? Optional.empty()
                : Optional.of(Duration.between(now.table().at(), clock.instant()));
    }

    /** What is wrong with the table last offered, or with keeping it; null for nothing. */
    public @Nullable String problem() {
        return problem;
    }

    /** How many requests a slot takes; null for any number, and where nobody knows. */
    @Nullable
    SlotLimit limit(String slot) {
        Routes now = held;
        return now == null ? null : now.limit(slot);
    }

    /**
     * The table in effect, ready to route.
     *
     * @throws InferenceFailure before the first table
     */
    Routes routes() {
        Routes now = held;
        if (now == null) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.UNAVAILABLE, "the router has no routing table yet; try again");
        }
        return now;
    }

    private static @Nullable String otherInstallation(RoutingTable mine, RoutingTable offered) {
        if (!mine.installKey().equals(offered.installKey())) {
            return "its install key is another one: this router's folder belongs to another installation";
        }
        if (mine.partitions() != offered.partitions()) {
            return "it has " + offered.partitions() + " partitions, expected " + mine.partitions()
                    + ": their number is fixed when Ringside is installed";
        }
        return null;
    }

    private Acceptance refuse(RoutingTable table, @Nullable String why) {
        String text = "routing table " + table.version() + " is refused: " + why;
        report(text);
        return new Acceptance.Refused(text);
    }

    private void keep(RoutingTable table) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path written = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    written,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(Json.bytes(table));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            problem = null;
        } catch (IOException e) {
            report("routing table " + table.version() + " is in effect, but cannot be kept in " + file + ": " + e);
        }
    }

    private void report(String text) {
        LOG.log(System.Logger.Level.ERROR, text);
        problem = text;
    }
}
