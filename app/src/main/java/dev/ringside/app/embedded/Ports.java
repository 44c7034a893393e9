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

    /** The last port follows so far behind the base: that of gRPC of role serving. */
    private static final int USED = 15;

    /** How far the port of gRPC is behind that of HTTP. */
    private static final int GRPC = 10;

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

    /** Redis. */
    public int redis() {
        return base + 9;
    }

    /**
     * Makes sure that nobody listens where a role's HTTP shall be.
     *
     * @param host the address that it will listen on
     * @throws StartRefused naming the port and who has it
     */
    public void requireFree(Role role, String host) throws StartRefused {
        requireFree(http(role), host, "HTTP", "name another base port with --port");
    }

    /** The port of gRPC of a role, unless another one is configured. */
    public int grpc(Role role) {
        return http(role) + GRPC;
    }

    /**
     * Makes sure that nobody listens on a port.
     *
     * @param host the address that it will be listened on
     * @param use what it is for, such as {@code HTTP}
     * @param otherwise what to do if somebody does, beside stopping them
     * @throws StartRefused naming the port and who has it
     */
    public static void requireFree(int port, String host, String use, String otherwise) throws StartRefused {
        try {
            var taken = PortHolder.complaint(InetAddress.getByName(host), port, use, otherwise);
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
