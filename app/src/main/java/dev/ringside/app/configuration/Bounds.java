package dev.ringside.app.configuration;

import dev.ringside.contract.json.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a number or a duration must lie between, ends included, so that nothing breaks of it long after the start.
 *
 * @param type how the value is read
 * @param least the least value
 * @param most the largest one; null if only the type limits it
 * @param show how a bound is written
 */
record Bounds<T extends Comparable<T>>(
        Class<T> type, T least, @Nullable T most, Function<T, String> show) {
    /** Nanoseconds are counted in a long, which ends after 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final long MEBIBYTE = 1 << 20;

    private static final Duration MOMENT = Duration.ofMillis(1);

    /** By key; a test demands that every number and every duration is here. */
    static final Map<String, Bounds<?>> OF = Map.ofEntries(
            Map.entry("ringside.experiments.artefact-limit-bytes", from(1)),
            Map.entry("ringside.experiments.barrier-timeout", from(MOMENT)),
            Map.entry("ringside.experiments.fleet-timeout", from(MOMENT)),
            Map.entry("ringside.experiments.partitions", between(1, 1000)),
            Map.entry("ringside.experiments.retire-after", from(MOMENT)),
            // 0 is no port.
            Map.entry("ringside.grpc.port", between(0, 65_535)),
            Map.entry("ringside.inference.dimensions", between(1, 1000)),
            Map.entry("ringside.inference.elements", between(1, Integer.MAX_VALUE)),
            Map.entry("ringside.inference.tensors", between(1, 1_000_000)),
            Map.entry("ringside.inference.timeout", between(MOMENT, Duration.ofHours(1))),
            Map.entry("ringside.metrics.archive-after", from(MOMENT)),
            Map.entry("ringside.metrics.archive-bytes", from(1 << 20)),
            Map.entry("ringside.metrics.archive-records", from(1)),
            Map.entry("ringside.metrics.unit-outcomes", from(1)),
            Map.entry("ringside.metrics.cache-bytes", from(0)),
            // Less than the minute after which Kafka ends the transaction.
            Map.entry("ringside.metrics.commit-interval", between(MOMENT, Duration.ofSeconds(59))),
            Map.entry("ringside.metrics.definition-patience", from(Duration.ZERO)),
            // What a broker takes unless it is told otherwise.
            Map.entry("ringside.metrics.session-timeout", between(Duration.ofSeconds(6), Duration.ofMinutes(30))),
            Map.entry("ringside.metrics.threads", between(1, 1000)),
            Map.entry("ringside.platform.event-retention", from(MOMENT)),
            Map.entry("ringside.platform.fleet-interval", from(MOMENT)),
            Map.entry("ringside.platform.replication", from(1)),
            // A body is one array.
            Map.entry("ringside.platform.request-limit-bytes", between(1, Integer.MAX_VALUE - 8)),
            Map.entry("ringside.repository.poll-interval", from(MOMENT)),
            Map.entry("ringside.router.calls-per-version", from(1)),
            Map.entry("ringside.router.drain", from(Duration.ZERO)),
            Map.entry("ringside.router.repeats", from(1)),
            Map.entry("ringside.router.repeats-bytes", from(0)),
            Map.entry("ringside.router.spool-bytes", from(MEBIBYTE)),
            Map.entry("ringside.s3.attempts", between(1, 20)),
            Map.entry("ringside.s3.timeout", between(MOMENT, Duration.ofHours(1))),
            Map.entry("ringside.serving.drain-timeout", from(Duration.ZERO)),
            Map.entry("ringside.serving.fetch-timeout", from(MOMENT)),
            Map.entry("ringside.serving.load-timeout", from(MOMENT)),
            Map.entry("ringside.serving.intra-op-threads", between(1, 1000)),
            Map.entry("ringside.serving.queue", from(1)),
            Map.entry("ringside.serving.retry-after", from(MOMENT)),
            Map.entry("ringside.serving.retry-at-most", from(MOMENT)),
            Map.entry("ringside.serving.threads", between(1, 1000)),
            Map.entry("ringside.torchscript.heap-megabytes", between(64, 1_000_000)));

    private static Bounds<Long> from(long least) {
        return new Bounds<>(Long.class, least, null, Object::toString);
    }

    private static Bounds<Long> between(long least, long most) {
        return new Bounds<>(Long.class, least, most, Object::toString);
    }

    private static Bounds<Duration> from(Duration least) {
        return between(least, LONGEST);
    }

    private static Bounds<Duration> between(Duration least, Duration most) {
        return new Bounds<>(Duration.class, least, most, DurationText::format);
    }

    /** What is wrong with a value; nothing if it is within. */
    Optional<String> complaint(T value) {
        if (value.compareTo(least) >= 0 && (most == null || value.compareTo(most) <= 0)) {
            return Optional.empty();
        }
        String from = show.apply(least);
        return Optional.of(
                "expected " + (most == null ? from + " or more" : "from " + from + " to " + show.apply(most)));
    }
}
