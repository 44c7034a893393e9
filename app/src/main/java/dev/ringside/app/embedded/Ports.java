package dev.ringside.app.embedded;

import dev.ringside.app.configuration.Role;
import dev.ringside.contract.InvalidInput;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * All ports of an installation on one machine, each following from one base port.
 *
 * @param base the port of role {@code all}
 */
public record Ports(int base) {
    /** The base port unless another is given. */
    public static final int DEFAULT_BASE = 7070;

    private static final int USED = 9;

    /** Checks the range. */
    public Ports {
        InvalidInput.require(
                base >= 1024 && base <= 65535 - USED,
                "port",
                "expected a base port from 1024 to " + (65535 - USED) + ", found " + base);
    }

    /** Kafka's clients. */
    public int kafka() {
        return base + 1;
    }

    /** Kafka's controller. */
    public int kafkaController() {
        return base + 2;
    }

    /** PostgreSQL. */
    public int postgres() {
        return base + 3;
    }

    /**
     * Makes sure that nobody listens where a role's HTTP shall be.
     *
     * @param host the address that it will listen on
     * @throws StartRefused naming the port and who has it
     */
    public void requireFree(Role role, String host) throws StartRefused {
        try {
            var taken = PortHolder.complaint(InetAddress.getByName(host), http(role), "HTTP");
            if (taken.isPresent()) {
                throw new StartRefused(taken.get());
            }
        } catch (UnknownHostException e) {
            throw new StartRefused("quarkus.http.host is '" + host + "', which is no address of this machine");
        }
    }

    /** HTTP of a role. */
    public int http(Role role) {
        return switch (role) {
            case ALL, NONE -> base;
            case ROUTER -> base + 4;
            case SERVING -> base + 5;
            case INGEST -> base + 6;
            case METRICS -> base + 7;
            case EXPERIMENTS -> base + 8;
        };
    }
}
