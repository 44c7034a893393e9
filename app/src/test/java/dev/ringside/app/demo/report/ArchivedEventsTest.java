package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.app.demo.client.FakeAnswers;
import dev.ringside.app.demo.client.KnownElsewhere;
import dev.ringside.app.demo.client.Questions;
import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.archive.Archiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedEventsTest {
    private static final Instant TIME = Instant.parse("2001-04-01T08:00:00Z");

    @TempDir
    Path archive;

    private final Flights flights = new FlightList()
            .add("2001-04-01T08:00:00Z", 60, "PDX", true)
            .add("2001-04-01T08:01:00Z", 60, "PDX", true)
            .build();
    private final Questions questions = new Questions(flights, "region", "probability", KnownElsewhere.NOTHING);

    private Books.Logged compare(UnitEvent... events) throws IOException {
        try (var archiver =
                new Archiver(archive, 100, 1 << 20, Duration.ofHours(1), System::nanoTime, Clock.systemUTC())) {
            for (int offset = 0; offset < events.length; offset++) {
                archiver.accept(0, offset, Json.bytes(events[offset]));
            }
        }
        var answers = new FakeAnswers(flights)
                .give(0, "better", "champion", 0.1f)
                .give(1, "better", "challenger", 0.9f)
                .report(0, 1);
        return new ArchivedEvents(questions, answers.answers()).compare(archive);
    }

    private static Prediction prediction(String unit, String served, long sequence) {
        return new Prediction(
                PredictionId.of(TIME, 7, sequence),
                unit,
                TIME,
                "late-arrival",
                "PDX",
                "better",
                1,
                "challenger",
                "network-2",
                served,
                0.5,
                served.equals("network-2") ? null : "deadline",
                "ask-" + unit,
                null,
                null,
                "router-1",
                1,
                sequence);
    }

    private static Outcome outcome(String name, String unit) {
        return new Outcome(name + "-" + unit, 0, false, 7, unit, null, name, 1_000_000, TIME, TIME, "ingest-1");
    }

    @Test
    void everythingThatIsThereOnceOrTwiceIsFound() throws IOException {
        Books.Logged logged = compare(
                prediction("f-0", "network-2", 1),
                prediction("f-1", "network-2", 2),
                prediction("f-1", "network-2", 3),
                outcome("late", "f-0"),
                outcome("warning_value", "f-0"),
                outcome("late", "f-1"),
                outcome("late", "f-1"),
                outcome("warning_value", "f-1"));
        assertEquals(new Books.Logged(2, 0, 0, 5, 0, 0), logged);
    }

    @Test
    void whatIsMissingOrUnknownOrFellBackIsCounted() throws IOException {
        Books.Logged logged =
                compare(prediction("f-0", "logistic-1", 1), prediction("f-9", "network-2", 2), outcome("late", "f-0"));
        assertEquals(new Books.Logged(2, 1, 1, 1, 3, 1), logged);
    }
}
