package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import java.util.List;

/** Answers given by hand. */
public final class FakeAnswers {
    private final Answers answers;

    public FakeAnswers(Flights flights) {
        answers = new Answers(flights.size());
    }

    /** Gives one. */
    public FakeAnswers give(int flight, String experiment, String variant, float probability) {
        answers.answer(flight, probability, experiment, variant, null);
        return this;
    }

    /** Has the outcomes of flights accepted. */
    public FakeAnswers report(Integer... flights) {
        answers.report(List.of(flights));
        return this;
    }

    /** What was given. */
    public Answers answers() {
        return answers;
    }
}
