package dev.ringside.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes on this machine that are the ranks of one training. */
final class RankProcesses {
    private RankProcesses() {}

    /** An address of this machine at which nobody else is. */
    static String address() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** A program of this module, not yet started, with the memory and the libraries of this process. */
    static ProcessBuilder process(Class<?> program, List<String> arguments) {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        all.add(program.getName());
        all.addAll(arguments);
        var builder = new ProcessBuilder(all);
        // Not an argument: ONNX Runtime 1.29 dies of a command line of some 4 kB, which it looks through recursively.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
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
