package dev.ringside.contract.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnitEventTest {
    private static final PredictionId ID = new PredictionId("010000e598e8bba09b1baf19a3c87fce0123456789abcdef");
    private static final Instant TIME = Instant.parse("2001-04-01T08:15:00Z");

    static final Prediction ENROLLED = new Prediction(
            ID,
            "flights-demo/1234",
            TIME,
            "delay",
            "PDX",
            "better",
            1,
            "challenger",
            "2",
            "1",
            0.5,
            "deadline",
            "request-17",
            "warn",
            0.25,
            "router-3f2a09bc",
            3,
            42);
    static final Prediction WITH_CONTENT = ENROLLED.with(
            List.of(
                    Tensor.column("distance", 550L),
                    Tensor.column("origin", "PDX"),
                    Tensor.column("late_share", Float.NaN)),
            List.of(Tensor.column("probability", 0.25f)));
    static final Prediction DEFAULTED = WITH_CONTENT.withDefaulted(Map.of("origin", "late", "late_share", "absent"));
    static final Prediction CACHED = ENROLLED.withCached(true);
    static final Prediction OUTSIDE = new Prediction(
            ID,
            "flights-demo/1234",
            TIME.plusNanos(123_456_789),
            "delay",
            "other",
            null,
            null,
            null,
            "1",
            "1",
            1,
            "no_row",
            null,
            null,
            null,
            "router-3f2a09bc",
            3,
            43);
    static final Outcome ANSWERING = new Outcome(
            "event-1",
            1,
            true,
            -7270024648802664498L,
            null,
            ID,
            "warning_value",
            -250_000,
            TIME.plusSeconds(7200),
            TIME.plusSeconds(7201),
            "ingest-77aa01de");
    static final Outcome OF_UNIT = new Outcome(
            "event-2", 0, false, 5, "flights-demo/5", null, "late", 1_000_000, TIME, TIME, "ingest-77aa01de");
    static final Mark MARK = new Mark("router-3f2a09bc", Mark.Role.ROUTER, 3, TIME, true, false);
    static final Mark FIRST = new Mark("ingest-77aa01de", Mark.Role.INGEST, 1, null, false, true);

    @Test
    void aPredictionIsAsItStandsInTheGoldenSample() {
        sample("prediction.json").holds(ENROLLED, UnitEvent.class);
    }

    @Test
    void aPredictionOutsideExperimentsLeavesOutWhatItDoesNotHave() {
        sample("prediction-outside.json").holds(OUTSIDE, UnitEvent.class);
    }

    @Test
    void aPredictionSaysWhatWasAskedAndAnswered() {
        sample("prediction-content.json").holds(WITH_CONTENT, UnitEvent.class, "/inputs/0", "/outputs/0");
    }

    @Test
    void aPredictionSaysWhichFeaturesHadTheirDefault() {
        sample("prediction-defaulted.json").holds(DEFAULTED, UnitEvent.class, "/inputs/0", "/outputs/0");
    }

    @Test
    void aPredictionSaysThatItsAnswerWasKeptFromAnEarlierRequest() {
        sample("prediction-cached.json").holds(CACHED, UnitEvent.class);
        assertEquals(Json.write(ENROLLED), Json.write(CACHED.withCached(false)), "else it says nothing");
    }

    @Test
    void anOutcomeIsAsItStandsInTheGoldenSample() {
        sample("outcome.json").holds(ANSWERING, UnitEvent.class);
        sample("outcome-of-unit.json").holds(OF_UNIT, UnitEvent.class);
    }

    @Test
    void aMarkIsAsItStandsInTheGoldenSample() {
        sample("mark.json").holds(MARK, UnitEvent.class);
        sample("mark-first.json").holds(FIRST, UnitEvent.class);
    }

    @Test
    void aPredictionThatAnotherVersionAnsweredFellBack() {
        assertTrue(ENROLLED.fellBack());
        assertFalse(OUTSIDE.fellBack());
    }

    @Test
    void anEventOfAnUnknownSchemaIsRefused() {
        assertThrows(InvalidInput.class, () -> Json.read("{\"schema\":\"ringside.score/1\"}", UnitEvent.class));
        assertThrows(InvalidInput.class, () -> Json.read("{\"writer\":\"router-1\"}", UnitEvent.class));
    }

    private static GoldenSample sample(String name) {
        return GoldenSample.of(UnitEventTest.class, name);
    }
}
