package dev.ringside.metrics.trainingset;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.archive.Archiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log of one partition, of a router and an ingest, as it is archived. */
abstract class SmallLog {
    static final Instant DAY = Instant.parse("2001-04-01T00:00:00Z");
    static final Instant NOON = DAY.plus(Duration.ofHours(12));

    @TempDir
    Path folder;

    Path archive;
    private long sequence;

    @BeforeEach
    void begin() throws IOException {
        archive = folder.resolve("archive");
        log(mark("router", Mark.Role.ROUTER, null), mark("ingest", Mark.Role.INGEST, null));
    }

    void log(UnitEvent... events) throws IOException {
        try (var archiver =
                new Archiver(archive, 1000, 1 << 20, Duration.ofSeconds(5), System::nanoTime, Clock.systemUTC())) {
            for (UnitEvent event : events) {
                archiver.accept(0, archiver.next(0), Json.bytes(event));
            }
        }
    }

    static Mark mark(String writer, Mark.Role role, Instant through) {
        return new Mark(writer, role, 1, through, true, false);
    }

    void through(Instant time) throws IOException {
        log(mark("router", Mark.Role.ROUTER, time), mark("ingest", Mark.Role.INGEST, time));
    }

    Prediction asked(long hash, String experiment, Instant time, Tensor... inputs) {
        sequence++;
        return new Prediction(
                        PredictionId.of(time, hash, sequence),
                        "unit-" + hash,
                        time,
                        "delay",
                        "SLC",
                        experiment,
                        experiment == null ? null : 1,
                        experiment == null ? null : "champion",
                        "v1",
                        "v1",
                        1,
                        null,
                        null,
                        null,
                        null,
                        "router",
                        1,
                        sequence)
                .with(inputs.length == 0 ? null : List.of(inputs), null);
    }

    static Outcome late(long hash, double value, Instant time, Instant receivedAt) {
        return new Outcome(
                "late-" + hash + "-" + time,
                0,
                false,
                hash,
                "unit-" + hash,
                null,
                "late",
                Math.round(value * 1e6),
                time,
                receivedAt,
                "ingest");
    }

    static Tensor hour(long value) {
        return Tensor.column("hour", value);
    }
}
