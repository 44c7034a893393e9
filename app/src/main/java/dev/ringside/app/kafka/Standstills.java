package dev.ringside.app.kafka;

import dev.ringside.metrics.ingest.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader of a topic stands still, and how many records it passed over: one line in the log when a standstill
 * begins and one when it ends. Thread-safe.
 */
final class Standstills {
    private static final System.Logger LOG = System.getLogger(Standstills.class.getName());

    /** For what holds up the whole topic. */
    private static final int ALL = -1;

    private final String topic;
    private final Clock clock;
    private final Map<Integer, Standing> standing = new ConcurrentSkipListMap<>();
    private final LongAdder passedOver = new LongAdder();

    Standstills(String topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Whether a failure passes by itself as soon as Kafka answers again: that is no standstill, and whoever keeps the
     * servers says that one is away.
     */
    static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || (cause instanceof Unavailable && cause.getCause() == null)) {
                return true;
            }
        }
        return false;
    }

    /** A partition stands still; its reason may change while it does. */
    void begin(int partition, @Nullable Long offset, Throwable cause) {
        put(partition, partition, offset, reason(cause));
    }

    /** All partitions stand still. */
    void beginAll(Throwable cause) {
        put(ALL, null, null, reason(cause));
    }

    private synchronized void put(int key, @Nullable Integer partition, @Nullable Long offset, String reason) {
        Standing before = standing.get(key);
        Instant since = before == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : before.since();
        var now = new Standing(topic, partition, offset, reason, since);
        standing.put(key, now);
        if (before == null) {
            LOG.log(System.Logger.Level.ERROR, "{0}", now.words());
        }
    }

    synchronized void end(int partition) {
        Standing ended = standing.remove(partition);
        if (ended != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "topic {0}{1} goes on",
                    topic,
                    ended.partition() == null ? "" : " partition " + ended.partition());
        }
    }

    void endAll() {
        end(ALL);
    }

    boolean stands(int partition) {
        return standing.containsKey(partition);
    }

    /** A record is passed over. */
    void passedOver() {
        passedOver.increment();
    }

    long passes() {
        return passedOver.sum();
    }

    List<Standing> list() {
        return List.copyOf(standing.values());
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        String reason = message == null ? cause.getClass().getSimpleName() : message;
        return reason.length() > 500 ? reason.substring(0, 500) + "…" : reason;
    }
}
