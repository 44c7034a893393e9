package dev.ringside.app.command;

import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.embedded.StartRefused;

/**
 * On which port a process answers gRPC.
 *
 * @param port 0 for none
 */
record GrpcPort(int port) {
    private static final String KEY = "ringside.grpc.port";

    /** No port. */
    static final GrpcPort NONE = new GrpcPort(0);

    /** The configured port, which the check of the configuration has seen; else the usual one. */
    static GrpcPort of(StartSettings settings, int usual) {
        return new GrpcPort(settings.value(KEY).map(Integer::parseInt).orElse(usual));
    }

    /**
     * Makes sure that nobody listens there.
     *
     * @param host the address that will be listened on
     * @param otherwise what to do if somebody does, beside stopping them
     * @throws StartRefused naming the port and who has it
     */
    void requireFree(String host, String otherwise) throws StartRefused {
        if (port > 0) {
            Ports.requireFree(port, host, "gRPC", otherwise);
        }
    }

    /** Tells the application. */
    void configure() {
        System.setProperty(KEY, Integer.toString(port));
    }
}
