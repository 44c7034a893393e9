package dev.ringside.router.exposure;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one partition, in order. After a failure it lets what is under way come back, waits, and sends
 * everything again from the first record that is not acknowledged: for ever, and never out of order. One thread's.
 */
final class Lane {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final int partition;
    private final PredictionLog log;
    private final BiConsumer<Sent, @Nullable Throwable> completed;
    private final ArrayDeque<Sent> waiting = new ArrayDeque<>();
    private int underWay;
    private int resumptions;
    private boolean broken;
    private long resumeAt;
    private boolean marking;
    private @Nullable Instant offered;
    private @Nullable Instant marked;

    /** A record that was handed to the log at least once, or is to be. */
    static final class Sent {
        private final Lane lane;
        private final Shipment shipment;
        private boolean acknowledged;

        private Sent(Lane lane, Shipment shipment) {
            this.lane = lane;
            this.shipment = shipment;
        }

        Lane lane() {
            return lane;
        }
    }

    /** @param completed is told from any thread what became of a record; it must come back by {@link #settle} */
    Lane(int partition, PredictionLog log, BiConsumer<Sent, @Nullable Throwable> completed) {
        this.partition = partition;
        this.log = log;
        this.completed = completed;
    }

    /** Sends after everything that was offered before. */
    void offer(Shipment shipment) {
        var sent = new Sent(this, shipment);
        waiting.addLast(sent);
        if (shipment instanceof Shipment.Marking mark) {
            marking = true;
            offered = mark.through();
        }
        if (!broken) {
            broken = !send(sent);
        }
    }

    /**
     * Takes in what became of a record.
     *
     * @return the record, if it is now acknowledged
     */
    @Nullable
    Shipment settle(Sent sent, @Nullable Throwable failure, long now) {
        underWay--;
        if (failure != null) {
            broken = true;
            resumeAt = now + Math.min(FIRST_PAUSE << Math.min(resumptions, 6), LONGEST_PAUSE);
            return null;
        }
        resumptions = 0;
        sent.acknowledged = true;
        if (sent.shipment instanceof Shipment.Marking mark) {
            marking = false;
            marked = mark.through();
        }
        while (!waiting.isEmpty() && waiting.getFirst().acknowledged) {
            waiting.removeFirst();
        }
        return sent.shipment;
    }

    /** Sends again after a failure, once its pause is over. */
    void resume(long now) {
        if (broken && underWay == 0 && now - resumeAt >= 0) {
            broken = false;
            resumptions++;
            for (Sent sent : waiting) {
                if (!sent.acknowledged && !send(sent)) {
                    broken = true;
                    return;
                }
            }
        }
    }

    /** How long until {@link #resume} has something to do; {@link Long#MAX_VALUE} if nothing is known. */
    long pause(long now) {
        return broken && underWay == 0 ? Math.max(resumeAt - now, 0) : Long.MAX_VALUE;
    }

    /** How many records are not acknowledged. */
    int size() {
        return waiting.size();
    }

    /** Whether a mark is not acknowledged yet: the next one waits for it. */
    boolean isMarking() {
        return marking;
    }

    /** What the last mark that was offered promises. */
    @Nullable
    Instant offered() {
        return offered;
    }

    /** What the last acknowledged mark promises. */
    @Nullable
    Instant marked() {
        return marked;
    }

    /** Whether the log took it, as far as shows at once; if not, nothing later may be sent before it. */
    private boolean send(Sent sent) {
        underWay++;
        try {
            CompletionStage<Void> answer = log.append(partition, sent.shipment.key(), sent.shipment.value());
            answer.whenComplete((done, failure) -> completed.accept(sent, failure));
            return !answer.toCompletableFuture().isCompletedExceptionally();
        } catch (RuntimeException e) {
            completed.accept(sent, e);
            return false;
        }
    }
}
