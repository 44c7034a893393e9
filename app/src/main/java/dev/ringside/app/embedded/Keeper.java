package dev.ringside.app.embedded;

import dev.ringside.app.servers.ServerWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps a server running that this process has started: when its process ends, another one takes its place. */
final class Keeper implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EmbeddedServer server;
    private final ServerWatch watch;
    private final Thread thread;
    private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();
    private final @Nullable ProcessHandle process;

    private Keeper(EmbeddedServer server, @Nullable ProcessHandle process, ServerWatch watch) {
        this.server = server;
        this.process = process;
        this.watch = watch;
        this.thread = Thread.ofPlatform().daemon().name("keep-" + server.name()).unstarted(this::run);
    }

    /** Begins, with a server that is still to be started. */
    static Keeper starting(EmbeddedServer server, ServerWatch watch) {
        var keeper = new Keeper(server, null, watch);
        keeper.thread.start();
        return keeper;
    }

    /** Begins. */
    static Keeper of(EmbeddedServer server, ProcessHandle process, ServerWatch watch) {
        var keeper = new Keeper(server, process, watch);
        keeper.thread.start();
        return keeper;
    }

    String name() {
        return server.name();
    }

    private void run() {
        try {
            ProcessHandle now = process == null ? again() : process;
            while (true) {
                CompletableFuture.anyOf(now.onExit(), closing).join();
                if (closing.isDone()) {
                    return;
                }
                watch.gone("its process " + now.pid() + " has ended, and it is started again; its last words are in "
                        + server.output());
                now = again();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessHandle again() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return server.start();
            } catch (IOException e) {
                watch.gone("it does not start again, and is tried every few seconds: " + e.getMessage());
                Thread.sleep(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
    }

    /** Stops the server in order; it is not started again. */
    @Override
    public void close() throws IOException {
        closing.complete(null);
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
