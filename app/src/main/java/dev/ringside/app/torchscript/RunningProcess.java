package dev.ringside.app.torchscript;

import dev.ringside.app.configuration.TorchScriptConfig;
import dev.ringside.contract.file.Folders;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs TorchScript, with a folder of its own for its socket and what it prints. */
final class RunningProcess {
    private static final Logger LOG = System.getLogger(RunningProcess.class.getName());
    private static final String MAIN = "dev.ringside.torchscript.TorchScriptMain";

    /** The first one on a machine unpacks 432 MB. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final int LONGEST_ADDRESS = 107; // of sockaddr_un, without the zero at its end
    private static final int STOP_SECONDS = 5;
    private static final int LAST_LINES = 10;

    private final Process process;
    private final Path folder;
    private volatile boolean ending;

    private RunningProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts one, and waits until it takes connections.
     *
     * @throws IOException if it does not, with its last words
     */
    static RunningProcess start(Path libraries, TorchScriptConfig config, int intraOpThreads)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringside-torchscript-");
        Path socket = folder.resolve("socket");
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_ADDRESS) {
            Folders.delete(folder);
            throw new IOException("a socket at " + socket + " would have an address of " + length
                    + " bytes, expected at most " + LONGEST_ADDRESS + ": set java.io.tmpdir to a shorter path");
        }
        var builder = new ProcessBuilder(command(libraries, config, intraOpThreads, socket))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        // glibc's arenas, eight a core, keep what native libraries have freed.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        var running = new RunningProcess(builder.start(), folder);
        try {
            running.awaitListening();
        } catch (IOException | InterruptedException e) {
            running.end();
            running.forget();
            throw e;
        }
        var _ = running.process.onExit().thenRun(running::ended);
        return running;
    }

    private static List<String> command(Path libraries, TorchScriptConfig config, int intraOpThreads, Path socket) {
        var command = new ArrayList<>(List.of(
                // A session of its own: Ctrl-C in a terminal reaches the server alone, which stops it in order.
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + config.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // Each thread would keep the greatest buffer that it has ever sent from.
                "-Djdk.nio.maxCachedBufferSize=262144",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // Nothing is fetched, whatever a file names, and nobody is told that DJL runs.
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-DDJL_CACHE_DIR=" + config.cache().toAbsolutePath(),
                "-Dai.djl.pytorch.num_threads=" + intraOpThreads,
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-cp"));
        String path = libraries.resolve("*").toString();
        command.add(config.translators()
                .map(translators ->
                        path + File.pathSeparator + translators.toAbsolutePath().resolve("*"))
                .orElse(path));
        command.add(MAIN);
        command.add(socket.toString());
        return command;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                SocketChannel.open(address()).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("it ended with status " + process.exitValue() + ": " + lastWords(), e);
                }
                if (System.nanoTime() > giveUp) {
                    throw new IOException("it takes no connection after " + LONGEST_START.toSeconds() + " s", e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(folder.resolve("socket"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its last words, as far as it has printed any. */
    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("output"), StandardCharsets.ISO_8859_1);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "what it printed cannot be read: " + e.getMessage();
        }
    }

    private void ended() {
        if (!ending) {
            LOG.log(
                    Level.WARNING,
                    "the process that runs TorchScript ended with status " + process.exitValue()
                            + "; the next run starts it again. It said: " + lastWords());
        }
        forget();
    }

    private void forget() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, folder + " is left there: " + e.getMessage());
        }
    }

    /** Ends it. */
    void end() {
        ending = true;
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
