package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.serving.batching.BatchRun;
import dev.ringside.serving.batching.RunMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what a version is asked and what becomes of it. To be used by any number of threads. */
final class VersionMeter implements RunMeter {
    /** Clients choose how many rows they send; beyond so many sizes, new ones are not told apart any more. */
    private static final int MOST_SIZES = 1_000;

    private final LongSupplier ticker;
    private final Timed answered = new Timed();
    private final Timed failures = new Timed();
    private final Timed queued = new Timed();
    private final Timed input = new Timed();
    private final Timed infer = new Timed();
    private final Timed output = new Timed();
    private final ConcurrentHashMap<Cause, LongAdder> failed = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Size> sizes = new ConcurrentSkipListMap<>();
    private final Durations requests = new Durations();
    private final Durations waits = new Durations();
    private final LongAdder runs = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder waiting = new LongAdder();
    private volatile @Nullable Long lastAnswer;

    /** How often, and how long together. */
    private static final class Timed {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long times, long nanosEach) {
            count.add(times);
            nanos.add(times * nanosEach);
        }

        VersionCounts.Timed sum() {
            return new VersionCounts.Timed(count.sum(), Duration.ofNanos(nanos.sum()));
        }
    }

    private static final class Size {
        private final Timed input = new Timed();
        private final Timed infer = new Timed();
        private final Timed output = new Timed();
    }

    /** @param ticker nanoseconds */
    VersionMeter(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Answers a request and counts it. */
    <T> T answer(Supplier<T> request) {
        long began = ticker.getAsLong();
        try {
            T response = request.get();
            long ended = ticker.getAsLong();
            answered.add(1, ended - began);
            requests.add(ended - began);
            lastAnswer = ended;
            return response;
        } catch (InferenceFailure failure) {
            failures.add(1, ticker.getAsLong() - began);
            failed.computeIfAbsent(failure.why(), cause -> new LongAdder()).increment();
            throw failure;
        }
    }

    @Override
    public void waits() {
        waiting.increment();
    }

    @Override
    public void waited(boolean begun, long nanos) {
        waiting.decrement();
        if (begun) {
            queued.add(1, nanos);
            waits.add(nanos);
        }
    }

    @Override
    public void ran(BatchRun run) {
        runs.increment();
        rows.add(run.rows());
        input.add(run.requests(), run.inputNanos());
        infer.add(run.requests(), run.inferNanos());
        output.add(run.requests(), run.outputNanos());
        Size size = sizes.get(run.batchRows());
        if (size == null && sizes.size() < MOST_SIZES) {
            size = sizes.computeIfAbsent(run.batchRows(), _ -> new Size());
        }
        if (size != null) {
            size.input.add(1, run.inputNanos());
            size.infer.add(1, run.inferNanos());
            size.output.add(1, run.outputNanos());
        }
    }

    VersionCounts counts(Desired.Key key, int mayWait) {
        Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            LongAdder count = failed.get(cause);
            causes.put(cause, count == null ? 0 : count.sum());
        }
        var batches = new ArrayList<VersionCounts.Batch>();
        sizes.forEach((rowsOfBatch, size) -> batches.add(
                new VersionCounts.Batch(rowsOfBatch, size.input.sum(), size.infer.sum(), size.output.sum())));
        Long last = lastAnswer;
        return new VersionCounts(
                key.slot(),
                key.version(),
                causes,
                runs.sum(),
                rows.sum(),
                waiting.sum(),
                mayWait,
                new VersionCounts.Stages(
                        answered.sum(), failures.sum(), queued.sum(), input.sum(), infer.sum(), output.sum()),
                batches,
                requests.sum(),
                waits.sum(),
                last == null ? null : Duration.ofNanos(Math.max(0, ticker.getAsLong() - last)));
    }
}
