package dev.ringside.training.distributed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one of several processes stands, and where they meet.
 *
 * @param rank which one it is, from 0
 * @param processes how many there are
 * @param host where the store is, by which they meet
 * @param port its port
 * @param attempt set before the store's keys where a launcher holds the store; null where rank 0 does
 */
public record Place(
        int rank,
        int processes,
        String host,
        int port,
        @Nullable String attempt) {
    private static final String RANK = "RANK";
    private static final String SIZE = "WORLD_SIZE";
    private static final String HOST = "MASTER_ADDR";
    private static final String PORT = "MASTER_PORT";

    /** Checks the bounds. */
    public Place {
        if (processes < 2) {
            throw new IllegalArgumentException("expected 2 processes or more, found " + processes);
        }
        if (rank < 0 || rank >= processes) {
            throw new IllegalArgumentException("expected a rank from 0 to " + (processes - 1) + ", as there are "
                    + processes + " processes, found " + rank);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, found " + port);
        }
    }

    /**
     * Reads an address such as {@code 10.0.0.7:29500}.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Place at(String address, int rank, int processes) {
        int colon = address.lastIndexOf(':');
        try {
            if (colon > 0) {
                int port = Integer.parseInt(address.substring(colon + 1));
                return new Place(rank, processes, address.substring(0, colon), port, null);
            }
        } catch (NumberFormatException e) {
            // as without a port
        }
        throw new IllegalArgumentException("expected an address such as 10.0.0.7:29500, found " + address);
    }

    /**
     * As launchers of the kind of torchrun say it, in RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; null where one of
     * them is missing, or there is one process.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    public static @Nullable Place of(Map<String, String> environment) {
        String host = environment.get(HOST);
        if (host == null || !environment.keySet().containsAll(java.util.List.of(RANK, SIZE, PORT))) {
            return null;
        }
        int processes = whole(environment, SIZE);
        boolean held = "True".equals(environment.get("TORCHELASTIC_USE_AGENT_STORE"));
        return processes == 1
                ? null
                : new Place(
                        whole(environment, RANK),
                        processes,
                        host,
                        whole(environment, PORT),
                        held ? "ringside/" + environment.getOrDefault("TORCHELASTIC_RESTART_COUNT", "0") : null);
    }

    private static int whole(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "environment variable " + name + ": expected a whole number, found '" + value + "'", e);
        }
    }

    /** Whether this process holds the store. */
    boolean holdsStore() {
        return rank == 0 && attempt == null;
    }

    String address() {
        return host + ":" + port;
    }
}
