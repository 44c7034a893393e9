package dev.ringside.app.demo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.client.FakeAnswers;
import dev.ringside.app.demo.flights.FlightList;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.contract.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecountTest {
    /** Two days of a region that ends after the second; the third flight lands before it leaves. */
    private static final Flights FLIGHTS = new FlightList()
            .add("2001-04-01T08:00:00Z", 60, "PDX", true)
            .add("2001-04-01T09:00:00Z", 60, "PDX", false)
            .add("2001-04-01T10:00:00Z", -60, "PDX", true)
            .add("2001-04-02T08:00:00Z", 60, "PDX", true)
            .add("2001-04-02T09:00:00Z", 60, "SEA", true)
            .add("2001-04-03T08:00:00Z", 60, "PDX", true)
            .build();

    private static FakeAnswers answers() {
        return new FakeAnswers(FLIGHTS)
                .give(0, "better", "champion", 0.9f)
                .give(1, "better", "challenger", 0.9f)
                .give(2, "better", "champion", 0.9f)
                .give(4, null, null, 0.9f)
                .give(5, null, null, 0.9f);
    }

    private static final Answers ALL =
            answers().give(3, "better", "challenger", 0.1f).answers();

    /** The first day is closed: champion 1 and 0, challenger −0.25. */
    private static ExperimentView view(String championsClosed, String championsMean, String ended) {
        return Json.read("""
                {"name": "better", "max_duration": "1d",
                 "kpis": [{"name": "warning_value", "kind": "mean", "role": "primary", "minimum_effect": 0.02}],
                 "regions": [
                   {"segment": "PDX", "state": "running", "started_at": "2001-04-01T00:00:00Z", "ended_at": %s,
                    "verdict": "continue", "closed_through": "2001-04-02T00:00:00Z",
                    "arms": [
                      {"variant": "champion", "version": "1", "exposed": 2, "closed_units": %s,
                       "kpis": [{"kpi": "warning_value", "units": 2, "mean": %s}]},
                      {"variant": "challenger", "version": "2", "exposed": 2, "closed_units": 1,
                       "kpis": [{"kpi": "warning_value", "units": 1, "mean": -0.25}]}]},
                   {"segment": "SEA", "state": "waiting", "verdict": "not_started"}]}
                """.formatted(ended, championsClosed, championsMean), ExperimentView.class);
    }

    private static List<String> differences(Answers answers, ExperimentView view) {
        return new Recount(FLIGHTS, answers).differences(List.of(view));
    }

    @Test
    void findsNothingWhereThePlatformCountsAsTheClient() {
        assertEquals(List.of(), differences(ALL, view("2", "0.5", "null")));
        assertEquals(List.of(), differences(ALL, view("2", "0.5", "\"2001-04-03T00:00:00Z\"")));
    }

    @Test
    void namesEachNumberThatDiffers() {
        assertEquals(
                List.of(
                        "better PDX champion: units closed: the platform says 3, the client counts 2",
                        "better PDX champion: mean: the platform says 0.5000001, the client counts 0.5"),
                differences(ALL, view("3", "0.5000001", "null")));
    }

    @Test
    void namesAFlightThatWasLeftOutWhileItsRegionEnrols() {
        Answers one = answers().give(3, null, null, 0.1f).answers();
        assertEquals(
                List.of(
                        "better PDX: flight f-3 of 2001-04-02T08:00:00Z was not enrolled, its region enrols from"
                                + " 2001-04-01T00:00:00Z to 2001-04-03T00:00:00Z",
                        "better PDX challenger: units exposed: the platform says 2, the client counts 1"),
                differences(one, view("2", "0.5", "null")));
    }

    @Test
    void namesAFlightThatWasTakenInAfterItsRegionHadEnded() {
        assertEquals(
                List.of("better PDX: flight f-3 of 2001-04-02T08:00:00Z was enrolled, its region enrols from"
                        + " 2001-04-01T00:00:00Z to 2001-04-02T00:00:00Z"),
                differences(ALL, view("2", "0.5", "\"2001-04-02T00:00:00Z\"")));
    }
}
