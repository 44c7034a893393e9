package dev.ringside.app.foreign;

import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a model, asked in turn. Where one does not answer the next is asked, as long as there is time, so that a
 * server that is away costs no prediction; one that fails again and again is left alone for a while ({@link Replica}).
 */
final class Replicas implements AutoCloseable {
    private final List<Replica> replicas;
    private final LongSupplier ticker;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param servers at least one; closed with this
     * @param ticker nanoseconds
     */
    Replicas(List<ForeignServer> servers, LongSupplier ticker) {
        this.replicas = servers.stream().map(Replica::new).toList();
        this.ticker = ticker;
    }

    /** What a server is asked, in the time that there is. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ForeignServer server, Duration patience) throws ModelFailure;
    }

    /**
     * Asks one of the servers, or one after the other.
     *
     * @throws ModelUnreachable if none answers in that time, or all are left alone
     * @throws ModelFailure what the one that answered says
     */
    <T> T ask(Duration patience, Question<T> question) throws ModelFailure {
        long end = ticker.getAsLong() + patience.toNanos();
        int first = Math.floorMod(turn.getAndIncrement(), replicas.size());
        @Nullable ModelUnreachable last = null;
        for (int i = 0; i < replicas.size(); i++) {
            Replica replica = replicas.get((first + i) % replicas.size());
            long now = ticker.getAsLong();
            if (end - now <= 0) {
                break;
            }
            if (replica.mayTry(now)) {
                try {
                    T answer = question.ask(replica.server(), Duration.ofNanos(end - now));
                    replica.answered();
                    return answer;
                } catch (ModelUnreachable e) {
                    replica.failed(ticker.getAsLong(), String.valueOf(e.getMessage()));
                    last = e;
                } catch (ModelFailure | RuntimeException e) {
                    // It is there, and this model fails on this question: another server would say the same.
                    replica.answered();
                    throw e;
                }
            }
        }
        if (last != null) {
            throw last;
        }
        long now = ticker.getAsLong();
        throw new ModelUnreachable(
                end - now <= 0
                        ? "there was no time left to ask for an answer"
                        : replicas.stream().map(replica -> replica.words(now)).collect(Collectors.joining("; ")));
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.server().close());
    }
}
