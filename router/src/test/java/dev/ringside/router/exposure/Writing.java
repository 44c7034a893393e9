package dev.ringside.router.exposure;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** One boot of a writer with its spool and shipping, stepped by the test. */
final class Writing implements AutoCloseable {
    final Writer writer;
    final EventTimes times;
    final Spool spool;
    final Exposures exposures;
    final Marks marks;
    final Shipping shipping;
    long now;
    int wakes;

    Writing(Path folder, long boot, EventTimes times, PredictionLog log, int partitions) throws IOException {
        this.writer = new Writer("router-3f2a", boot);
        this.times = times;
        this.spool = Spool.open(folder.resolve("spool"), boot, Spool.LEAST_LIMIT);
        this.exposures = new Exposures(writer, times, spool);
        var lanes = new Lanes(log, () -> wakes++);
        this.marks = new Marks(writer, times, lanes);
        this.shipping = new Shipping(spool, times, () -> partitions, lanes, marks);
    }

    /** Shipping until it has nothing to do at this moment. */
    void step() throws IOException {
        int before;
        do {
            before = wakes;
            shipping.step(now);
        } while (wakes != before);
    }

    void pass(long nanos) throws IOException {
        now += nanos;
        step();
    }

    /** Begins and records in one go. */
    Instant expose(String unit, Instant requested) {
        try (OpenEvent open = exposures.begin(requested)) {
            record(open, unit);
            return open.time();
        }
    }

    boolean record(OpenEvent open, String unit) {
        return exposures.record(open, PredictionId.of(open.time(), unitHash(unit), 7), draft(unit, open.time()));
    }

    /** The unit {@code u5} has the hash 5. */
    static long unitHash(String unit) {
        return Long.parseLong(unit.substring(1));
    }

    static Exposures.Draft draft(String unit, Instant time) {
        return (id, router, boot, sequence) -> Json.bytes(new Prediction(
                id,
                unit,
                time,
                "eta",
                "north",
                "better",
                1,
                "champion",
                "1",
                "1",
                0.5,
                null,
                null,
                null,
                null,
                router,
                boot,
                sequence));
    }

    @Override
    public void close() throws IOException {
        shipping.close();
        spool.close();
    }
}
