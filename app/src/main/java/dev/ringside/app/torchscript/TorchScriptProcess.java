package dev.ringside.app.torchscript;

import dev.ringside.app.configuration.TorchScriptConfig;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.torchscript.MessageChannel;
import dev.ringside.engine.ModelUnreachable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs TorchScript files, started when somebody connects and it is not there: for the first model, or as
 * it has died. To be used by any number of threads.
 */
final class TorchScriptProcess implements AutoCloseable {
    private final Supplier<Path> libraries;
    private final TorchScriptConfig config;
    private final int intraOpThreads;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<RunningProcess> current;
    private boolean closed;

    TorchScriptProcess(Supplier<Path> libraries, TorchScriptConfig config, int intraOpThreads) {
        this.libraries = libraries;
        this.config = config;
        this.intraOpThreads = intraOpThreads;
    }

    /**
     * A connection.
     *
     * @param channel over which it is asked
     * @param process that it leads to
     */
    record Connection(MessageChannel channel, RunningProcess process) {
        /** Whether something can be asked over it. */
        boolean isUsable() {
            return channel.isOpen() && process.isAlive();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // It was closed from the other side.
            }
        }
    }

    /**
     * Connects, to a new process if there is none.
     *
     * @param latest nobody waits for it any longer
     * @throws ModelUnreachable if it does not start, or not in time
     */
    Connection connect(Deadline latest) throws ModelUnreachable {
        try {
            RunningProcess running = running().get(latest.nanosLeft(), TimeUnit.NANOSECONDS);
            return new Connection(new MessageChannel(SocketChannel.open(running.address())), running);
        } catch (TimeoutException e) {
            throw new ModelUnreachable("the process that runs TorchScript is being started", e);
        } catch (ExecutionException e) {
            throw new ModelUnreachable(
                    "the process that runs TorchScript does not start: "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        } catch (IOException e) {
            throw new ModelUnreachable("the process that runs TorchScript cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelUnreachable("interrupted", e);
        }
    }

    private CompletableFuture<RunningProcess> running() throws ModelUnreachable {
        lock.lock();
        try {
            if (closed) {
                throw new ModelUnreachable("the server stops");
            }
            CompletableFuture<RunningProcess> found = current;
            if (found == null || isOver(found)) {
                found = start();
                current = found;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOver(CompletableFuture<RunningProcess> process) {
        return process.isDone()
                && (process.isCompletedExceptionally() || !process.join().isAlive());
    }

    private CompletableFuture<RunningProcess> start() {
        var started = new CompletableFuture<RunningProcess>();
        Thread.ofPlatform().daemon().name("torchscript-start").start(() -> {
            try {
                started.complete(RunningProcess.start(libraries.get(), config, intraOpThreads));
            } catch (IOException | InterruptedException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    @Override
    public void close() {
        CompletableFuture<RunningProcess> last;
        lock.lock();
        try {
            closed = true;
            last = current;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            var _ = last.thenAccept(RunningProcess::end);
        }
    }
}
