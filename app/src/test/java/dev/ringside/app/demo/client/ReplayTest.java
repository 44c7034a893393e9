package dev.ringside.app.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.terminal.Progress;
import dev.ringside.contract.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Instant SETTLED = Instant.parse("2001-04-05T00:00:00Z");
    private static final List<FakePlatform.Failure> FAILURES = List.of(
            FakePlatform.Failure.UNAVAILABLE, FakePlatform.Failure.CLOSED_BEFORE, FakePlatform.Failure.CLOSED_AFTER);
    private static final Progress SILENT = new Progress() {
        @Override
        public void at(long done, String note) {}

        @Override
        public void close() {}
    };

    private static Flights threeDays() {
        var flights = new FlightList();
        Instant time = Instant.parse("2001-04-01T00:10:00Z");
        for (int i = 0; i < 400; i++) {
            flights.add(time.toString(), 50 + i % 90, i % 2 == 0 ? "PDX" : "SAN", i % 3 == 0);
            time = time.plus(Duration.ofMinutes(10));
        }
        return flights.build();
    }

    private static Answers replay(Flights flights, FakePlatform platform, Disturbance disturbance) throws Exception {
        try (var http = new PatientHttp(Duration.ofSeconds(30))) {
            var replay = new Replay(
                    new Questions(flights, "region", "probability", KnownElsewhere.NOTHING),
                    platform.endpoints(),
                    http);
            replay.run(SETTLED, disturbance, SILENT);
            return replay.answers();
        }
    }

    @Test
    void everyOutcomeComesAfterItsPredictionAndNothingOfADayAfterTheClockHasPassedIt() throws Exception {
        Flights flights = threeDays();
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE)) {
            Answers answers = replay(flights, platform, Disturbance.NONE);
            var asked = new HashSet<String>();
            Instant clock = Instant.EPOCH;
            int outcomes = 0;
            for (String entry : platform.log()) {
                String what = entry.substring(0, entry.indexOf(entry.startsWith("clock") ? ' ' : 'f'));
                String rest = entry.substring(what.length()).strip();
                switch (what) {
                    case "ask " -> {
                        assertTrue(!flights.departed(number(rest)).isBefore(clock), entry);
                        assertTrue(asked.add(rest), entry);
                    }
                    case "clock" -> clock = Instant.parse(rest);
                    default -> {
                        assertTrue(asked.contains(rest), entry);
                        assertTrue(!flights.landed(number(rest)).isBefore(clock), entry);
                        outcomes++;
                    }
                }
            }
            assertEquals(400, asked.size());
            assertEquals(800, outcomes);
            assertEquals(400, answers.answered().cardinality());
            assertEquals(400, answers.reported().cardinality());
            assertEquals("clock 2001-04-06T00:00:00Z", platform.log().getLast());
        }
    }

    @Test
    void aReplayThatPausesBeforeADaySendsTheSameAsOneThatDoesNot() throws Exception {
        Flights flights = threeDays();
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE);
                var http = new PatientHttp(Duration.ofSeconds(30))) {
            var replay = new Replay(
                    new Questions(flights, "region", "probability", KnownElsewhere.NOTHING),
                    platform.endpoints(),
                    http);
            replay.until(LocalDate.parse("2001-04-03"), Disturbance.NONE, SILENT);
            assertEquals("clock 2001-04-03T00:00:00Z", platform.log().getLast());
            assertEquals(
                    2,
                    platform.log().stream().filter(e -> e.startsWith("clock")).count());
            replay.run(SETTLED, Disturbance.NONE, SILENT);
            assertEquals(400, replay.answers().answered().cardinality());
            assertEquals(400, replay.answers().reported().cardinality());
            assertEquals(
                    400,
                    platform.log().stream().filter(e -> e.startsWith("ask")).count());
        }
    }

    private static int number(String unit) {
        return Integer.parseInt(unit.substring(2));
    }

    @Test
    void theAnswersAreKeptByFlightAndOutcomesFollowFromThem() throws Exception {
        Flights flights = threeDays();
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE)) {
            Answers answers = replay(flights, platform, Disturbance.NONE);
            assertEquals(0.3f, answers.probability(3));
            assertEquals("challenger", answers.variant(3));
            assertEquals("better", answers.experiment(3));
            var values = new ArrayList<String>();
            for (JsonNode body : platform.bodies()) {
                for (JsonNode outcome : body.isArray() ? body : List.<JsonNode>of()) {
                    if (outcome.path("unit").asText().equals("f-3")) {
                        values.add(outcome.path("name").asText() + " " + outcome.path("value"));
                    }
                }
            }
            // Probability 0.3 is a warning; flight 3 is late.
            assertEquals(List.of("warning_value 1.0", "late 1.0"), values);
        }
    }

    @Test
    void aQuestionSaysWhoWhereAndWhenInTheProtocolsWords() throws Exception {
        Flights flights = threeDays();
        assertEquals(
                Json.read("""
                {"id": "ask-f-3", "parameters": {"region": "SAN", "time": "2001-04-01T00:40:00Z", "unit": "f-3"},
                 "inputs": [{"name": "distance", "shape": [1, 1], "datatype": "INT64", "data": [3]}],
                 "outputs": [{"name": "probability"}]}""", JsonNode.class),
                Json.read(
                        new Questions(flights, "region", "probability", KnownElsewhere.NOTHING).about(3),
                        JsonNode.class));
    }

    @Test
    void whatOthersKeepIsKeptBeforeTheQuestionAndNotSent() throws Exception {
        Flights flights = threeDays();
        Set<String> kept = ConcurrentHashMap.newKeySet();
        var elsewhere = new KnownElsewhere() {
            @Override
            public List<String> inputs() {
                return List.of("distance");
            }

            @Override
            public void keep(Flights all, int flight) {
                kept.add(all.unit(flight) + all.texts(flight, inputs()));
            }
        };
        var questions = new Questions(flights, "region", "probability", elsewhere);
        JsonNode question = Json.read(questions.about(3), JsonNode.class);
        assertEquals(0, question.path("inputs").size(), question::toString);
        assertEquals(
                1,
                Json.read(questions.about(3, 4), JsonNode.class).path("inputs").size());
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE);
                var http = new PatientHttp(Duration.ofSeconds(30))) {
            new Replay(questions, platform.endpoints(), http).run(SETTLED, Disturbance.NONE, SILENT);
        }
        assertEquals(flights.size(), kept.size());
        assertTrue(kept.contains("f-3{distance=3}"), kept::toString);
    }

    @Test
    void lostRequestsAndAnswersChangeNothingButTheNumberOfRepeats() throws Exception {
        Flights flights = threeDays();
        var random = new SplittableRandom(7);
        var draws = new FakePlatform.Failure[3000];
        for (int i = 0; i < draws.length; i++) {
            draws[i] =
                    random.nextInt(10) > 0 ? FakePlatform.Failure.NONE : FAILURES.get(random.nextInt(FAILURES.size()));
        }
        try (var platform = new FakePlatform(n -> draws[n % draws.length])) {
            Answers answers = replay(flights, platform, Disturbance.NONE);
            assertEquals(400, answers.answered().cardinality());
            assertEquals(400, answers.reported().cardinality());
            assertEquals(
                    1200,
                    platform.log().stream()
                            .filter(e -> !e.startsWith("clock"))
                            .distinct()
                            .count());
        }
    }

    @Test
    void chaosStrikesThreeTimesOnDifferentDaysInTheMiddleOfTheSteps() throws Exception {
        Flights flights = threeDays();
        List<DayPlan> days = DayPlan.of(flights);
        for (long seed = 0; seed < 50; seed++) {
            Chaos chaos = Chaos.of(seed, 3, days, () -> null);
            assertEquals(Chaos.of(seed, 3, days, () -> null).moments(), chaos.moments());
            assertEquals(3, chaos.moments().size());
            chaos.moments().forEach((day, step) -> {
                DayPlan plan = days.stream()
                        .filter(d -> d.day().equals(day))
                        .findFirst()
                        .orElseThrow();
                assertTrue(step >= plan.steps().size() / 4, () -> day + " " + step);
                assertTrue(step <= plan.steps().size() * 3 / 4, () -> day + " " + step);
            });
        }
        var crashes = new AtomicInteger();
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE)) {
            replay(flights, platform, Chaos.of(5, 3, days, crashes::incrementAndGet));
        }
        assertEquals(3, crashes.get());
    }

    @Test
    void aDisturbanceThatFailsEndsTheReplayWithItsReason() throws Exception {
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE)) {
            ReplayFailure failure = assertThrows(
                    ReplayFailure.class,
                    () -> replay(threeDays(), platform, (day, step) -> {
                        if (step == 20) {
                            throw new IllegalStateException("does not start again");
                        }
                    }));
            assertTrue(failure.getMessage().contains("does not start again"), failure.getMessage());
        }
    }

    @Test
    void aVersionsScoresAreAskedForInBatchesAndOnlyOnce() throws Exception {
        var list = new FlightList();
        for (int i = 0; i < 2500; i++) {
            list.add("2001-04-01T08:00:00Z", 60, "PDX", false);
        }
        Flights flights = list.build();
        try (var platform = new FakePlatform(n -> FakePlatform.Failure.NONE);
                var http = new PatientHttp(Duration.ofSeconds(30))) {
            var scores = new VersionScores(
                    new Questions(flights, "region", "probability", KnownElsewhere.NOTHING),
                    platform.endpoints(),
                    http);
            float[] values = scores.of("network-2");
            assertEquals(2500, values.length);
            assertEquals(2499, values[2499]);
            assertEquals(values, scores.of("network-2"));
            assertEquals(3, platform.bodies().size());
        }
    }
}
