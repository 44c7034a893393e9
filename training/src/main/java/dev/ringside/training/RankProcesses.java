package dev.ringside.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;

/** Processes on this machine that are the ranks of one training. */
final class RankProcesses {
    private RankProcesses() {}

    /** An address of this machine at which nobody else is. */
    static String address() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** Whoever started this process holds its input, until it is gone. */
    static void endWithInput(InputStream in) {
        Thread.ofPlatform().name("launcher").daemon().start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // as at the end of the input
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
