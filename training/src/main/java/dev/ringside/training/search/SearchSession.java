package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One start of a search: starts what may start, heeds what happens, until nothing is left to run. */
final class SearchSession {
    private static final int HOPELESS = 10;

    private final SearchSettings settings;
    private final JsonNode document;
    private final Path folder;
    private final SearchListener listener;
    private final Study study;
    private final Trials trials;
    private final Sampler sampler;
    private final Deque<TrialRecord> again = new ArrayDeque<>();
    private final Map<Integer, TrialRecord.State> verdicts = new HashMap<>();
    private final @Nullable Long deadline;
    private boolean over;
    private boolean exhausted;

    SearchSession(
            SearchSettings settings,
            JsonNode document,
            Objective objective,
            Path folder,
            SearchListener listener,
            Study study) {
        this.settings = settings;
        this.document = document;
        this.folder = folder;
        this.listener = listener;
        this.study = study;
        this.trials = new Trials(objective, settings.grace());
        this.sampler = settings.sampler(document);
        Duration limit = settings.deadline();
        this.deadline = limit == null ? null : System.nanoTime() + limit.toNanos();
    }

    /**
     * Runs until nothing is left to run.
     *
     * @return whether every trial has ended
     */
    boolean run() throws IOException, InterruptedException {
        study.history().trials().stream().filter(TrialRecord::running).forEach(again::add);
        if (study.size() > 0) {
            listener.tell("taken up with " + (study.size() - again.size()) + " trials that have ended and "
                    + again.size() + " that were running and are run again");
        }
        try {
            startAll();
            while (!trials.none()) {
                heed(trials.next(over ? null : deadline));
                startAll();
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            trials.stopAll();
            throw e;
        }
        return !over && study.history().trials().stream().noneMatch(TrialRecord::running);
    }

    private void startAll() throws IOException {
        boolean started = true;
        while (started && !over && trials.count() < settings.parallel()) {
            started = again.isEmpty() ? startNew() : startAgain(again.removeFirst());
        }
    }

    private boolean startAgain(TrialRecord record) throws IOException {
        start(record.number(), record.attempt() + 1, record.coordinates());
        return true;
    }

    private boolean startNew() throws IOException {
        int number = study.size();
        if (exhausted || number >= settings.trials() || !mayStart(number)) {
            return false;
        }
        Optional<SearchSpace.Point> point =
                sampler.next(number, Seeds.ofDecision(settings.seed(), number), document, seen(number));
        exhausted = point.isEmpty();
        if (point.isPresent()) {
            start(number, 1, point.get().coordinates());
        }
        return !exhausted;
    }

    /** Whether all that a trial is decided from has ended. */
    private boolean mayStart(int number) {
        return !settings.reproducible()
                || trials.numbers().stream().noneMatch(other -> other <= number - settings.parallel());
    }

    private History seen(int number) {
        return settings.reproducible()
                ? study.history().before(number, settings.parallel())
                : new History(
                        study.history().trials().stream()
                                .filter(trial -> trial.number() != number)
                                .toList(),
                        settings.direction());
    }

    private void start(int number, int attempt, Map<String, Double> coordinates) throws IOException {
        long seed = Seeds.ofTrial(settings.seed(), number);
        ObjectNode trained = trained(settings, document, coordinates, seed);
        String name = String.format(Locale.ROOT, "%04d", number);
        Path own = folder.resolve("trials").resolve(attempt == 1 ? name : name + "." + attempt);
        Files.createDirectories(own);
        SearchFiles.write(own.resolve("document.yaml"), AsWritten.yaml(trained));
        study.record(new TrialEvent.Started(
                number, attempt, seed, settings.space().values(coordinates), Digests.sha256(Json.bytes(trained))));
        trials.start(new Trial(number, attempt, seed, trained, own), settings.trialDeadline());
    }

    /** What is trained at a place of the search space. */
    private static ObjectNode trained(
            SearchSettings settings, JsonNode document, Map<String, Double> coordinates, long seed) {
        ObjectNode trained = settings.space()
                .point(document, parameter -> coordinates.getOrDefault(parameter.name(), 0.0))
                .document();
        DocumentPath seedAt = settings.seedAt();
        if (seedAt != null) {
            seedAt.set(trained, LongNode.valueOf(seed));
        }
        return trained;
    }

    /** Writes the document of the best trial, whole, so that it can be trained by itself. */
    static void writeBest(SearchSettings settings, JsonNode document, Path folder, TrialRecord best)
            throws IOException {
        SearchFiles.write(
                folder.resolve("best.yaml"),
                AsWritten.yaml(trained(settings, document, best.coordinates(), best.seed())));
    }

    private void heed(Trials.@Nullable Message message) throws IOException {
        switch (message) {
            case null -> {
                over = true;
                listener.tell("the deadline of " + text(settings.deadline()) + " is over: " + trials.count()
                        + " running trials are stopped, and run again when the search is taken up");
                trials.numbers().forEach(trials::interrupt);
            }
            case Trials.Message.Reported reported -> reported(reported);
            case Trials.Message.Ended(int trial, Trials.End end) -> ended(trial, end);
            case Trials.Message.Late(int trial) -> late(trial);
        }
    }

    private void reported(Trials.Message.Reported reported) throws IOException {
        int number = reported.trial();
        List<TrialRecord.Report> before = study.trial(number).reports();
        if (over || verdicts.containsKey(number)) {
            reported.answer().complete(false);
            return;
        }
        String wrong = null;
        if (!Double.isFinite(reported.value())) {
            wrong = "reported " + reported.value() + " at step " + reported.step() + ", expected a number";
        } else if (!before.isEmpty() && before.getLast().step() >= reported.step()) {
            wrong = "reported step " + reported.step() + " after step "
                    + before.getLast().step() + ", expected steps to rise";
        }
        if (wrong != null) {
            stop(reported, new TrialRecord.State.Failed(wrong, 0));
            return;
        }
        study.record(new TrialEvent.Reported(number, reported.step(), reported.value()));
        if (settings.pruner().prunes(study.trial(number), seen(number))) {
            stop(reported, new TrialRecord.State.Pruned(reported.step(), reported.value(), 0));
        } else {
            reported.answer().complete(true);
        }
    }

    private void stop(Trials.Message.Reported reported, TrialRecord.State verdict) {
        verdicts.put(reported.trial(), verdict);
        trials.stopping(reported.trial());
        reported.answer().complete(false);
    }

    private void late(int number) throws IOException {
        if (!over) {
            verdicts.putIfAbsent(
                    number,
                    new TrialRecord.State.Failed(
                            "not done within the trial's deadline of " + text(settings.trialDeadline()), 0));
        }
        if (!trials.interrupt(number)) {
            listener.tell("trial " + number + " does not stop; it is left to itself");
            ended(number, new Trials.End.Failure("did not stop when its time was over"));
        }
    }

    private void ended(int number, Trials.End end) throws IOException {
        double seconds = trials.remove(number);
        TrialRecord.State verdict = verdicts.remove(number);
        if (over && verdict == null && end instanceof Trials.End.Failure) {
            return; // it stays as running in the log, and is run again
        }
        study.record(event(number, verdict, end, seconds));
        History history = study.history();
        TrialRecord trial = study.trial(number);
        if (history.best().filter(trial::equals).isPresent()) {
            writeBest(settings, document, folder, trial);
        }
        int ended = (int)
                history.trials().stream().filter(other -> !other.running()).count();
        listener.ended(number, SearchReport.words(trial), best(history), ended, settings.trials());
        if (ended >= HOPELESS && history.trials().stream().allMatch(SearchSession::hopeless)) {
            throw new SearchFailure("none of the first " + ended + " trials ended well" + history.lastFailure());
        }
    }

    private static boolean hopeless(TrialRecord trial) {
        return trial.running() || trial.state() instanceof TrialRecord.State.Failed;
    }

    private static OptionalDouble best(History history) {
        return history.best().map(TrialRecord::value).orElse(OptionalDouble.empty());
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "none" : DurationText.format(duration);
    }

    private static TrialEvent event(int number, TrialRecord.@Nullable State verdict, Trials.End end, double seconds) {
        return switch (verdict) {
            case TrialRecord.State.Pruned(int step, double value, double _) ->
                new TrialEvent.Pruned(number, step, value, seconds);
            case TrialRecord.State.Failed(String reason, double _) -> new TrialEvent.Failed(number, reason, seconds);
            case null, default -> event(number, end, seconds);
        };
    }

    private static TrialEvent event(int number, Trials.End end, double seconds) {
        return switch (end) {
            case Trials.End.Failure(String reason) -> new TrialEvent.Failed(number, reason, seconds);
            case Trials.End.Value(Measured measured) ->
                Double.isFinite(measured.value())
                        ? new TrialEvent.Finished(
                                number, measured.value(), measured.metrics(), measured.digest(), seconds)
                        : new TrialEvent.Failed(
                                number, "its value is " + measured.value() + ", expected a number", seconds);
        };
    }
}
