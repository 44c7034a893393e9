package dev.ringside.app.meters;

import dev.ringside.serving.catalog.VersionCounts;
import dev.ringside.serving.catalog.VersionCounts.Batch;
import dev.ringside.serving.catalog.VersionCounts.Distribution;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long each version's requests take and how large its batches are, as histograms of Prometheus: their classes can be
 * added up over any number of servers, which Triton's sums cannot. They are gauges of what is counted anyway.
 */
public final class InferenceMeters implements PartMeters {
    private static final long LARGEST = 1_024;
    private static final String ALL = "+Inf";

    private final Supplier<List<VersionCounts>> counts;
    private @Nullable Histogram requests;
    private @Nullable Histogram waits;
    private @Nullable Histogram batches;
    private @Nullable Rows<VersionCounts> limits;

    /** @param counts of every version that this server has now */
    public InferenceMeters(Supplier<List<VersionCounts>> counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        requests =
                new Histogram(registry, "request.seconds", "Seconds that the answered requests took, waiting included");
        waits = new Histogram(registry, "queue.seconds", "Seconds that requests waited for their runs");
        batches = new Histogram(registry, "batch.rows", "Rows of the runs of the model");
        limits = new Rows<>(
                "ringside.inference.queue.limit",
                "How many requests may wait for the model's file; one more is answered 503",
                registry,
                VersionCounts::mayWait);
    }

    @Override
    public void refresh() {
        if (requests == null || waits == null || batches == null || limits == null) {
            return;
        }
        var versions = counts.get();
        limits.show(versions.stream()
                .collect(Collectors.toMap(
                        each -> Tags.of("model", each.slot(), "version", each.version()), Function.identity())));
        requests.show(versions, version -> classes(version.requests()));
        waits.show(versions, version -> classes(version.waits()));
        batches.show(versions, version -> classes(version.batches()));
    }

    /**
     * A version's classes.
     *
     * @param upTo how many are no greater, by bound; {@link #ALL} for all
     * @param sum of all
     */
    private record Classes(Map<String, Double> upTo, double sum) {}

    private static Classes classes(Distribution distribution) {
        var upTo = new HashMap<String, Double>();
        for (int i = 0; i < distribution.bounds().size(); i++) {
            upTo.put(
                    Double.toString(seconds(distribution.bounds().get(i))),
                    distribution.upTo().get(i).doubleValue());
        }
        upTo.put(ALL, (double) distribution.count());
        return new Classes(upTo, seconds(distribution.time()));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static Classes classes(List<Batch> batches) {
        var upTo = new HashMap<String, Double>();
        for (long bound = 1; bound <= LARGEST; bound *= 2) {
            long most = bound;
            upTo.put(
                    Double.toString((double) bound),
                    runs(batches.stream().filter(batch -> batch.rows() <= most).toList()));
        }
        upTo.put(ALL, runs(batches));
        return new Classes(
                upTo,
                batches.stream()
                        .mapToDouble(
                                batch -> (double) batch.rows() * batch.infer().count())
                        .sum());
    }

    private static double runs(List<Batch> batches) {
        return batches.stream().mapToDouble(batch -> batch.infer().count()).sum();
    }

    /** One histogram of each version. */
    private static final class Histogram {
        private final Rows<Double> upTo;
        private final Rows<Double> sums;
        private final Rows<Double> counts;

        Histogram(MeterRegistry registry, String name, String description) {
            String full = "ringside.inference." + name;
            upTo = new Rows<>(full + ".bucket", description + ": how many by their upper bound", registry, n -> n);
            sums = new Rows<>(full + ".sum", description + ": all together", registry, n -> n);
            counts = new Rows<>(full + ".count", description + ": how many", registry, n -> n);
        }

        void show(List<VersionCounts> versions, Function<VersionCounts, Classes> read) {
            var buckets = new HashMap<Tags, Double>();
            var sum = new HashMap<Tags, Double>();
            var count = new HashMap<Tags, Double>();
            for (VersionCounts version : versions) {
                Tags tags = Tags.of("model", version.slot(), "version", version.version());
                Classes classes = read.apply(version);
                classes.upTo().forEach((bound, number) -> buckets.put(tags.and("le", bound), number));
                sum.put(tags, classes.sum());
                count.put(tags, classes.upTo().getOrDefault(ALL, 0.0));
            }
            upTo.show(buckets);
            sums.show(sum);
            counts.show(count);
        }
    }
}
