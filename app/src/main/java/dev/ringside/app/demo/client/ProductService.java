package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.json.Json;
import java.util.ArrayList;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A product service: asks for a prediction when a flight leaves, warns by it, and reports what became of it when it has
 * landed.
 */
final class ProductService {
    private final Flights flights;
    private final Questions questions;
    private final Endpoints endpoints;
    private final PatientHttp http;
    private final Answers answers;
    private final int concurrency;

    /** @param concurrency how many requests are under way at most */
    ProductService(Questions questions, Endpoints endpoints, PatientHttp http, Answers answers, int concurrency) {
        this.flights = questions.flights();
        this.questions = questions;
        this.endpoints = endpoints;
        this.http = http;
        this.answers = answers;
        this.concurrency = concurrency;
    }

    /**
     * Sends a day's steps, and returns when all are answered. Steps are taken up in order, several at a time; a report
     * waits for the answers that it needs, which were all taken up before it.
     */
    void live(DayPlan day, Disturbance disturbance) throws ReplayFailure, InterruptedException {
        var next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Void> workers = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < concurrency; i++) {
                workers.submit(() -> work(day, next, disturbance));
            }
            try {
                for (int i = 0; i < concurrency; i++) {
                    workers.take().get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof ReplayFailure failure
                        ? failure
                        : new ReplayFailure("the replay of " + day.day() + " failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private Void work(DayPlan day, AtomicInteger next, Disturbance disturbance) throws Exception {
        for (int step = next.getAndIncrement(); step < day.steps().size(); step = next.getAndIncrement()) {
            disturbance.before(day.day(), step);
            switch (day.steps().get(step)) {
                case DayPlan.Ask(int flight) -> ask(flight);
                case DayPlan.Report report -> report(report);
            }
        }
        return null;
    }

    private void ask(int flight) throws ReplayFailure, InterruptedException {
        questions.elsewhere().keep(flights, flight);
        byte[] body = http.post(endpoints.infer(), questions.about(flight));
        InferenceResponse response = questions.read(body, 1);
        answers.answer(
                flight,
                questions.probabilities(response)[0],
                Questions.text(response, "experiment"),
                Questions.text(response, "variant"),
                Questions.text(response, "defaulted"));
    }

    private void report(DayPlan.Report report) throws ReplayFailure, InterruptedException {
        var outcomes = new ArrayList<OutcomeReport>();
        for (int flight : report.flights()) {
            outcomes.addAll(OutcomeReport.of(flights, flight, answers.awaitProbability(flight)));
        }
        byte[] body = http.post(endpoints.outcomes(), Json.bytes(outcomes));
        int accepted = Json.read(body, Accepted.class).accepted();
        if (accepted != outcomes.size()) {
            throw new ReplayFailure("posted " + outcomes.size() + " outcomes, " + accepted + " were accepted");
        }
        answers.report(report.flights());
    }

    /** The answer to a post of outcomes. */
    record Accepted(int accepted) {}
}
