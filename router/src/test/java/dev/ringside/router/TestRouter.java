package dev.ringside.router;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.cache.FakeAnswers;
import dev.ringside.router.exposure.FakeLog;
import dev.ringside.router.exposure.Writer;
import dev.ringside.router.feature.FakeFeatures;
import dev.ringside.router.limit.FakeBuckets;
import dev.ringside.router.route.FakePredictor;
import dev.ringside.router.route.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A whole router over a fake log and fake models. */
public final class TestRouter implements AutoCloseable {
    public final FakePredictor models = new FakePredictor();
    public final FakeFeatures features = new FakeFeatures();
    public final FakeBuckets buckets = new FakeBuckets();
    public final FakeAnswers answers = new FakeAnswers();
    public final FakeLog log;
    public final RouterRole role;

    public TestRouter(Path folder, boolean stepped) throws IOException {
        this(folder, stepped, new FakeLog(Sample.PARTITIONS, true));
    }

    public TestRouter(Path folder, boolean stepped, FakeLog log) throws IOException {
        this(folder, 1, stepped, log);
    }

    /** @param boot which start it is on that folder */
    public TestRouter(Path folder, long boot, boolean stepped, FakeLog log) throws IOException {
        var random = new AtomicLong();
        this.log = log;
        this.role = new RouterRole(
                folder,
                config(1 << 20),
                new RouterRole.Surroundings(
                        new Writer("router-3f2a", boot),
                        Clock.systemUTC(),
                        stepped,
                        System::nanoTime,
                        random::incrementAndGet),
                new RouterRole.Stores(features, buckets, answers),
                models,
                log);
        role.start();
    }

    /** The defaults, but for the spool's size. */
    public static RouterConfig config(long spoolBytes) {
        return new RouterConfig() {
            @Override
            public long spoolBytes() {
                return spoolBytes;
            }

            @Override
            public Duration drain() {
                return Duration.ofSeconds(10);
            }

            @Override
            public int callsPerVersion() {
                return 128;
            }

            @Override
            public int repeats() {
                return 1000;
            }

            @Override
            public long repeatsBytes() {
                return 1 << 20;
            }

            @Override
            public Optional<Path> breakGlassFile() {
                return Optional.empty();
            }
        };
    }

    public InferenceResponse predict(InferenceRequest request) {
        return role.router().predict("eta", request);
    }

    /** Stops in order and gives all events, in the order of their sequence. */
    public List<Prediction> stopAndRead() throws IOException {
        role.close();
        var all = new ArrayList<Prediction>();
        for (int partition = 0; partition < Sample.PARTITIONS; partition++) {
            all.addAll(log.predictions(partition));
        }
        all.sort(Comparator.comparingLong(Prediction::boot).thenComparingLong(Prediction::sequence));
        return all;
    }

    @Override
    public void close() throws IOException {
        if (!role.report().stopped()) {
            role.close();
        }
    }
}
