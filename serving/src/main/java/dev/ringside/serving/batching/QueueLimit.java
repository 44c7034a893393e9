package dev.ringside.serving.batching;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import java.util.concurrent.TimeUnit;

/** How many requests may wait for a model. Owned by whoever holds the batcher's lock. */
sealed interface QueueLimit {
    /** How many may wait now. */
    int now();

    /**
     * Hears of a request that waits no more, as it is run now or is late.
     *
     * @param now by the batcher's clock
     */
    void left(Ticket ticket, long now);

    /** The limit of a batcher that begins. */
    static QueueLimit of(BatchSettings settings, boolean joins, long now) {
        if (!settings.adapts()) {
            return new Exact(settings.maxQueue());
        }
        int least = Math.max(settings.instances(), joins ? settings.maxRows() : 1);
        return new Adaptive(Math.min(least, settings.maxQueue()), settings.maxQueue(), now);
    }

    /** A number that was said. */
    record Exact(int now) implements QueueLimit {
        @Override
        public void left(Ticket ticket, long now) {
            // It stays what it is.
        }
    }

    /**
     * A number that follows how long requests wait: it is halved while they wait, in the mean, for more than half of the
     * time that they have, and grows by one at a time while they do not and the queue is more than half full. A request
     * that is run with little of its time left is run for nobody, and the one behind it, too: a queue that is longer than
     * the model can serve in time gives few answers where a shorter one gives all that the model can.
     *
     * <p>Additive increase and multiplicative decrease, of {@code concurrency-limits}. What it takes for a round trip is
     * the part of its time that a request has waited, with {@link #WHOLE} for all of it: requests with a second and
     * with a minute count alike, and a few with hardly any time move the mean little.
     */
    final class Adaptive implements QueueLimit {
        private static final int FIRST = 256;
        private static final long WHOLE = TimeUnit.SECONDS.toNanos(1);
        private static final double DECREASE = .5;

        private final Limit limit;
        private final long begin;

        /**
         * @param least never fewer, such as a whole batch
         * @param most never more
         * @param begin now, by the batcher's clock
         */
        Adaptive(int least, int most, long begin) {
            this.begin = begin;
            this.limit = WindowedLimit.newBuilder()
                    .minWindowTime(WHOLE / 10, TimeUnit.NANOSECONDS)
                    .minRttThreshold(0, TimeUnit.NANOSECONDS)
                    .build(AIMDLimit.newBuilder()
                            .minLimit(least)
                            .maxLimit(most)
                            .initialLimit(Math.clamp(FIRST, least, most))
                            .backoffRatio(DECREASE)
                            .timeout(WHOLE / 2, TimeUnit.NANOSECONDS)
                            .build());
        }

        @Override
        public int now() {
            return limit.getLimit();
        }

        @Override
        public void left(Ticket ticket, long now) {
            long waited = now - ticket.arrival();
            if (waited == 0) {
                return; // An instance was idle: it says nothing of the queue.
            }
            long had = ticket.deadline() - ticket.arrival();
            long part = waited >= had ? WHOLE : (long) (WHOLE * ((double) waited / had));
            limit.onSample(now - begin - part, part, ticket.ahead() + 1, false);
        }
    }
}
