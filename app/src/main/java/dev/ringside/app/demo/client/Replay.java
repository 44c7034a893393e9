package dev.ringside.app.demo.client;

import dev.ringside.app.terminal.Progress;
import dev.ringside.contract.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The replay of all flights by event day, the platform's clock set forward between the days. */
public final class Replay {
    private static final int CONCURRENCY = 24;
    private static final int CRASHES = 3;

    private final Questions questions;
    private final List<DayPlan> days;
    private final Endpoints endpoints;
    private final PatientHttp http;
    private final Answers answers;
    private int next;
    private long asked;

    /** Plans all days. */
    public Replay(Questions questions, Endpoints endpoints, PatientHttp http) {
        this.questions = questions;
        this.days = DayPlan.of(questions.flights());
        this.endpoints = endpoints;
        this.http = http;
        this.answers = new Answers(questions.flights().size());
    }

    /** A disturbance that kills and restarts the platform at three moments that follow from the seed. */
    public Disturbance chaos(long seed, Callable<?> crash) {
        return Chaos.of(seed, CRASHES, days, crash);
    }

    /** Sets the platform's clock, which waits until everything before that time is counted and acted on. */
    public void setClock(Instant time) throws ReplayFailure, InterruptedException {
        http.post(endpoints.clock(), Json.bytes(Map.of("time", time)));
    }

    /**
     * Replays the days before one, and sets the clock to its beginning.
     *
     * @param progress counts predictions
     */
    public void until(LocalDate day, Disturbance disturbance, Progress progress)
            throws ReplayFailure, InterruptedException {
        var service = new ProductService(questions, endpoints, http, answers, CONCURRENCY);
        while (next < days.size() && days.get(next).day().isBefore(day)) {
            live(service, days.get(next++), disturbance, progress);
        }
    }

    private void live(ProductService service, DayPlan day, Disturbance disturbance, Progress progress)
            throws ReplayFailure, InterruptedException {
        service.live(day, disturbance);
        setClock(start(day.day().plusDays(1)));
        asked += day.questions();
        progress.at(asked, day.day().toString());
    }

    /**
     * Replays all days that are left.
     *
     * @param settled when the last outcome is final and the last cohort closed: the clock goes on to the end of that day
     * @param progress counts predictions
     */
    public void run(Instant settled, Disturbance disturbance, Progress progress)
            throws ReplayFailure, InterruptedException {
        var service = new ProductService(questions, endpoints, http, answers, CONCURRENCY);
        while (next < days.size()) {
            live(service, days.get(next++), disturbance, progress);
        }
        LocalDate end = days.isEmpty() ? LocalDate.EPOCH : days.getLast().day().plusDays(1);
        while (!start(end).isAfter(settled)) {
            end = end.plusDays(1);
            setClock(start(end));
            progress.at(asked, end.toString());
        }
    }

    /** What was answered until now. */
    public Answers answers() {
        return answers;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
