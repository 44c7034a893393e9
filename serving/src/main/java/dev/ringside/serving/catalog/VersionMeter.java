package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.time.Duration;
import java.util.EnumMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Counts what a version is asked and what becomes of it. To be used by any number of threads. */
final class VersionMeter {
    private final LongSupplier ticker;
    private final LongAdder answered = new LongAdder();
    private final LongAdder answeringNanos = new LongAdder();
    private final ConcurrentHashMap<Cause, LongAdder> failed = new ConcurrentHashMap<>();
    private final LongAdder runs = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder runningNanos = new LongAdder();
    private final LongAdder waiting = new LongAdder();

    /** @param ticker nanoseconds */
    VersionMeter(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Answers a request and counts it. */
    <T> T answer(Supplier<T> request) {
        long began = ticker.getAsLong();
        try {
            T response = request.get();
            answeringNanos.add(ticker.getAsLong() - began);
            answered.increment();
            return response;
        } catch (InferenceFailure failure) {
            failed.computeIfAbsent(failure.why(), cause -> new LongAdder()).increment();
            throw failure;
        }
    }

    /** Runs the file and counts it, unless it fails. */
    <T> T run(long rowCount, Callable<T> model) throws Exception {
        long began = ticker.getAsLong();
        T outputs = model.call();
        runningNanos.add(ticker.getAsLong() - began);
        rows.add(rowCount);
        runs.increment();
        return outputs;
    }

    /** One more request waits for a run. */
    Waiting waiting() {
        return new Waiting();
    }

    /** A request that waits until this is ended, by whoever comes first. */
    final class Waiting {
        private final AtomicBoolean ended = new AtomicBoolean();

        private Waiting() {
            waiting.increment();
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                waiting.decrement();
            }
        }
    }

    VersionCounts counts(Desired.Key key) {
        var causes = new EnumMap<Cause, Long>(Cause.class);
        for (Cause cause : Cause.values()) {
            LongAdder count = failed.get(cause);
            causes.put(cause, count == null ? 0 : count.sum());
        }
        return new VersionCounts(
                key.slot(),
                key.version(),
                answered.sum(),
                Duration.ofNanos(answeringNanos.sum()),
                causes,
                runs.sum(),
                rows.sum(),
                Duration.ofNanos(runningNanos.sum()),
                waiting.sum());
    }
}
