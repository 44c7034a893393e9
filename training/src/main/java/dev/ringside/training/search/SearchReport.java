package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found, as {@code search.json} has it.
 *
 * @param metric the metric's name
 * @param direction {@code maximise} or {@code minimise}
 * @param method how places were chosen
 * @param seed of the search
 * @param whole whether every trial has ended; false if the deadline came first
 * @param finished how many trials ended well
 * @param pruned how many were stopped as worse than others
 * @param failed how many ended without a value
 * @param best the best trial
 * @param importance share of the values' variance by parameter, the greatest first; none of fewer than ten finished trials
 * @param importanceMethod how that was computed
 * @param trials all of them, by number
 */
public record SearchReport(
        String metric,
        String direction,
        String method,
        long seed,
        boolean whole,
        int finished,
        int pruned,
        int failed,
        Line best,
        List<Share> importance,
        String importanceMethod,
        List<Line> trials) {
    public SearchReport {
        importance = List.copyOf(importance);
        trials = List.copyOf(trials);
    }

    /**
     * A trial.
     *
     * @param trial its number, from 0
     * @param state {@code finished}, {@code pruned}, {@code failed} or {@code running}
     * @param value of the metric; of a pruned one the last that it reported; null where there is none
     * @param reason why it failed; null if it did not
     * @param parameters its values by path
     * @param seed its own seed
     * @param document SHA-256 of its document
     * @param digest SHA-256 of what was trained; null if it was not said
     * @param metrics what else it measured
     * @param steps how many reports it made
     * @param seconds how long it ran
     */
    public record Line(
            int trial,
            String state,
            @Nullable Double value,
            @Nullable String reason,
            Map<String, JsonNode> parameters,
            long seed,
            String document,
            @Nullable String digest,
            Map<String, Double> metrics,
            int steps,
            double seconds) {}

    /**
     * A parameter's importance.
     *
     * @param parameter its path
     * @param share of the variance, 0 to 1
     */
    public record Share(String parameter, double share) {}

    static SearchReport of(SearchSettings settings, History history, boolean whole) {
        List<Line> lines = history.trials().stream()
                .map(trial -> line(settings.space(), trial))
                .toList();
        return new SearchReport(
                settings.metric(),
                settings.direction().name().toLowerCase(Locale.ROOT),
                settings.method().name().toLowerCase(Locale.ROOT),
                settings.seed(),
                whole,
                count(lines, "finished"),
                count(lines, "pruned"),
                count(lines, "failed"),
                lines.get(history.best().orElseThrow().number()),
                Importance.of(settings.space(), history).entrySet().stream()
                        .map(entry -> new Share(entry.getKey(), entry.getValue()))
                        .toList(),
                Importance.METHOD,
                lines);
    }

    private static int count(List<Line> lines, String state) {
        return (int) lines.stream().filter(line -> line.state().equals(state)).count();
    }

    private static Line line(SearchSpace space, TrialRecord trial) {
        var values = space.values(trial.coordinates());
        return switch (trial.state()) {
            case TrialRecord.State.Running _ -> line(trial, values, "running", null, null, null, 0);
            case TrialRecord.State.Finished(Measured measured, double seconds) ->
                line(trial, values, "finished", measured.value(), null, measured, seconds);
            case TrialRecord.State.Pruned(int _, double value, double seconds) ->
                line(trial, values, "pruned", value, null, null, seconds);
            case TrialRecord.State.Failed(String reason, double seconds) ->
                line(trial, values, "failed", null, reason, null, seconds);
        };
    }

    private static Line line(
            TrialRecord trial,
            Map<String, JsonNode> values,
            String state,
            @Nullable Double value,
            @Nullable String reason,
            @Nullable Measured measured,
            double seconds) {
        return new Line(
                trial.number(),
                state,
                value,
                reason,
                values,
                trial.seed(),
                trial.digest(),
                measured == null ? null : measured.digest(),
                measured == null ? Map.of() : measured.metrics(),
                trial.reports().size(),
                seconds);
    }

    /** How a trial ended, for people. */
    static String words(TrialRecord trial) {
        return switch (trial.state()) {
            case TrialRecord.State.Running _ -> "running";
            case TrialRecord.State.Finished(Measured measured, double _) -> "ended with " + measured.value();
            case TrialRecord.State.Pruned(int step, double value, double _) ->
                "stopped at step " + step + " with " + value;
            case TrialRecord.State.Failed(String reason, double _) -> "failed: " + reason;
        };
    }
}
