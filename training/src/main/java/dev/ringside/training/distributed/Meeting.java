package dev.ringside.training.distributed;

import dev.ringside.training.network.Libtorch;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * Processes that have found each other by c10d's store, which rank 0 holds. Each says who it is and what it trains; rank 0
 * waits for all until a deadline, compares, and says whether they begin, or who is missing.
 */
public final class Meeting {
    private static final String GO = "go";
    private static final String FIT = "fit";
    private static final String DONE = "done";
    private static final String LEFT = "left";
    private static final Duration LEAVING = Duration.ofSeconds(5);
    private static final String YES = "yes";
    private static final long POLL_MILLIS = 50;

    private final Place place;
    private final Store store;
    private final GlooRanks ranks;

    private Meeting(Place place, Store store, GlooRanks ranks) {
        this.place = place;
        this.store = store;
        this.ranks = ranks;
    }

    /**
     * Meets the others.
     *
     * @param subject what is trained, by names that people know, which must be the same everywhere
     * @param deadline how long others may take to come
     * @throws IllegalStateException saying who is missing, or what differs
     */
    public static Meeting join(Place place, Map<String, String> subject, Duration deadline) {
        return join(place, subject, deadline, SharedMemory.DEVICE);
    }

    /** @param memory the folder in which ranks of one machine make memory that they share */
    static Meeting join(Place place, Map<String, String> subject, Duration deadline, Path memory) {
        Libtorch.load();
        long end = System.nanoTime() + deadline.toNanos();
        Store store = store(place, deadline);
        String told = new TreeMap<>(subject).toString();
        if (store.add("claimed/" + place.rank(), 1) > 1) {
            throw new IllegalStateException("rank " + place.rank() + " of " + place.processes() + " is there twice at "
                    + place.address() + ": give each process a --rank of its own");
        }
        store.set("subject/" + place.rank(), told);
        store.set("rank/" + place.rank(), ProcessHandle.current().pid() + " on " + localAddress(place));
        if (place.rank() == 0) {
            String verdict = verdict(place, store, told, end);
            store.set(GO, verdict);
            if (!verdict.equals(YES)) {
                pause(1000); // until the others have read it: the store goes with this process
                throw new IllegalStateException(verdict);
            }
        } else {
            String verdict = await(store, GO, end + Duration.ofSeconds(10).toNanos(), place);
            if (!verdict.equals(YES)) {
                throw new IllegalStateException(verdict);
            }
        }
        return new Meeting(place, store, GlooRanks.of(store, place, localAddress(place), memory));
    }

    private static Store store(Place place, Duration deadline) {
        var options = Kept.of(new TCPStoreOptions());
        options.port((short) place.port());
        options.isServer(place.holdsStore());
        options.waitWorkers(false);
        options.timeout(Kept.of(new Milliseconds(deadline.toMillis())));
        try {
            Store store = Kept.of(new TCPStore(place.host(), options));
            return place.attempt() == null ? store : Kept.of(new PrefixStore(place.attempt(), store));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    place.holdsStore()
                            ? "rank 0 cannot take " + place.address() + ", where the others are to meet it: " + first(e)
                                    + "; is the port taken, or the address another machine's?"
                            : "rank " + place.rank() + " found nobody at " + place.address() + " within "
                                    + deadline.toSeconds() + " s: is rank 0 started there, and the port open?",
                    e);
        }
    }

    /** Waits for all, and compares what they train. */
    private static String verdict(Place place, Store store, String subject, long end) {
        List<Integer> missing = new ArrayList<>();
        for (int rank = 1; rank < place.processes(); rank++) {
            while (!has(store, "rank/" + rank) && System.nanoTime() < end) {
                pause(POLL_MILLIS);
            }
            if (!has(store, "rank/" + rank)) {
                missing.add(rank);
            }
        }
        if (!missing.isEmpty()) {
            List<String> came = new ArrayList<>();
            for (int rank = 0; rank < place.processes(); rank++) {
                if (!missing.contains(rank)) {
                    came.add("rank " + rank + " (process " + store.get_to_str("rank/" + rank) + ")");
                }
            }
            return "of " + place.processes() + " processes, rank " + join(missing) + " did not come to "
                    + place.address() + " before the deadline; there were " + String.join(", ", came)
                    + ": start those that are missing with the same --rendezvous and --processes, or give them longer"
                    + " (--deadline)";
        }
        for (int rank = 1; rank < place.processes(); rank++) {
            String other = store.get_to_str("subject/" + rank);
            if (!other.equals(subject)) {
                return "rank " + rank + " (process " + store.get_to_str("rank/" + rank)
                        + ") trains something else than rank 0: expected " + subject + ", found " + other
                        + "; give all the same document, data, seed and release";
            }
        }
        return YES;
    }

    private static String join(List<Integer> ranks) {
        return String.join(", ", ranks.stream().map(String::valueOf).toList());
    }

    private static boolean has(Store store, String key) {
        return store.check(new StringVector(key));
    }

    private static String await(Store store, String key, long end, Place place) {
        try {
            while (!has(store, key)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("rank 0 at " + place.address() + " did not say in time whether all"
                            + " had come: see its words");
                }
                pause(POLL_MILLIS);
            }
            return store.get_to_str(key);
        } catch (IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new LostRank("rank 0 at " + place.address() + " is gone: " + first(e), e);
        }
    }

    /** The processes. */
    public GlooRanks ranks() {
        return ranks;
    }

    /** Tells the others whether there is something to fit. */
    void tell(boolean fitting) {
        store.set(FIT, fitting ? YES : "no");
    }

    /** Waits until that is told. */
    boolean awaitTold() {
        return await(store, FIT, Long.MAX_VALUE, place).equals(YES);
    }

    /** Waits for rank 0 to be done; rank 0 waits a little for the others to know. */
    void part() {
        if (place.rank() > 0) {
            await(store, DONE, Long.MAX_VALUE, place);
            store.add(LEFT, 1);
            return;
        }
        store.set(DONE, YES);
        long end = System.nanoTime() + LEAVING.toNanos();
        while (store.add(LEFT, 0) < place.processes() - 1 && System.nanoTime() < end) {
            pause(POLL_MILLIS);
        }
    }

    private static String first(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other ranks", e);
        }
    }

    /** The address by which this machine reaches the store, where the other ranks then reach this process. */
    private static String localAddress(Place place) {
        try (var socket = new DatagramSocket()) { // connecting one sends nothing, and chooses the way
            socket.connect(new InetSocketAddress(place.host(), place.port()));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException | UncheckedIOException e) {
            throw new IllegalStateException(
                    "rank " + place.rank() + " cannot reach " + place.address() + ": " + e.getMessage(), e);
        }
    }
}
