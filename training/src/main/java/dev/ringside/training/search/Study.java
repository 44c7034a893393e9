package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trials of a search as its log has them; what happens is written to the log first. One thread has it. */
final class Study {
    private final TrialLog log;
    private final SearchSpace space;
    private final Direction direction;
    private final List<TrialRecord> trials = new ArrayList<>();

    Study(TrialLog log, SearchSpace space, Direction direction) {
        this.log = log;
        this.space = space;
        this.direction = direction;
        log.earlier().forEach(this::apply);
    }

    /** Notes an event. */
    void record(TrialEvent event) throws IOException {
        log.append(event);
        apply(event);
    }

    History history() {
        return new History(trials, direction);
    }

    TrialRecord trial(int number) {
        return trials.get(number);
    }

    int size() {
        return trials.size();
    }

    private void apply(TrialEvent event) {
        switch (event) {
            case TrialEvent.Opened _ -> {} // checked by the search
            case TrialEvent.Started started -> start(started);
            case TrialEvent.Reported(int trial, int step, double value) ->
                replace(trials.get(trial).with(new TrialRecord.Report(step, value)));
            case TrialEvent.Finished(int trial, double value, var metrics, var digest, double seconds) ->
                replace(trials.get(trial)
                        .with(new TrialRecord.State.Finished(new Measured(value, metrics, digest), seconds)));
            case TrialEvent.Pruned(int trial, int step, double value, double seconds) ->
                replace(trials.get(trial).with(new TrialRecord.State.Pruned(step, value, seconds)));
            case TrialEvent.Failed(int trial, String reason, double seconds) ->
                replace(trials.get(trial).with(new TrialRecord.State.Failed(reason, seconds)));
        }
    }

    /** What an earlier attempt reported is forgotten: the trial reports it again. */
    private void start(TrialEvent.Started started) {
        var trial = new TrialRecord(
                started.trial(),
                started.attempt(),
                started.seed(),
                coordinates(started.parameters()),
                started.document(),
                List.of(),
                new TrialRecord.State.Running());
        if (started.trial() == trials.size()) {
            trials.add(trial);
        } else {
            replace(trial);
        }
    }

    private Map<String, Double> coordinates(Map<String, JsonNode> parameters) {
        Map<String, Double> coordinates = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            JsonNode value = parameters.get(parameter.name());
            if (value != null) {
                coordinates.put(parameter.name(), parameter.domain().coordinate(value));
            }
        }
        return coordinates;
    }

    private void replace(TrialRecord trial) {
        trials.set(trial.number(), trial);
    }
}
