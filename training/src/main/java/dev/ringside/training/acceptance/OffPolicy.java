package dev.ringside.training.acceptance;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.InvalidData;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.evaluation.offpolicy.LoggedRounds;
import dev.ringside.training.evaluation.offpolicy.OffPolicyEvaluation;
import dev.ringside.training.evaluation.offpolicy.OffPolicyResult;
import dev.ringside.training.evaluation.offpolicy.OffPolicySettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What acting on a model's scores would have earned in the rounds of another policy's log: every action is put in the
 * place of the one that was chosen and scored, the greatest score is taken, and the log says what that was worth.
 */
final class OffPolicy {
    private static final int MOST_ACTIONS = 1_000;
    private static final double LEVEL = 0.95;
    private static final double CLIP = 10;

    private final OffPolicySettings settings;
    private final boolean scoresReward;

    /**
     * @param label the column that scores predict; where it is the reward, they serve as its model too
     */
    OffPolicy(OffPolicySettings settings, String label) {
        this.settings = settings;
        scoresReward = settings.reward().equals(label);
    }

    /**
     * Evaluates.
     *
     * @param rounds the rows of the log
     * @param score the model's scores of rows
     * @throws InvalidData if the log is none: a propensity that is no probability, too many actions
     */
    OffPolicyResult evaluate(Table rounds, Function<Table, double[]> score) {
        Column chosen = rounds.column(settings.action());
        long[] choices = values(chosen);
        long[] actions = Arrays.stream(choices).distinct().sorted().toArray();
        if (actions.length < 2 || actions.length > MOST_ACTIONS) {
            throw new InvalidData(
                    "off_policy",
                    List.of("action '" + settings.action() + "' has " + actions.length
                            + " different values in the test part, expected 2 to " + MOST_ACTIONS));
        }
        double[] sum = new double[rounds.size()];
        double[] ofAction = new double[rounds.size()];
        double[] greatest = new double[rounds.size()];
        long[] best = new long[rounds.size()];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (long action : actions) {
            double[] scores = score.apply(with(rounds, settings.action(), everywhere(chosen, action)));
            for (int round = 0; round < scores.length; round++) {
                sum[round] += scores[round];
                ofAction[round] = choices[round] == action ? scores[round] : ofAction[round];
                if (scores[round] > greatest[round]) {
                    greatest[round] = scores[round];
                    best[round] = action;
                }
            }
        }
        double any = settings.explore() / actions.length;
        double[] probabilities = new double[rounds.size()];
        double[] ofPolicy = new double[rounds.size()];
        for (int round = 0; round < rounds.size(); round++) {
            probabilities[round] = any + (choices[round] == best[round] ? 1 - settings.explore() : 0);
            ofPolicy[round] = any * sum[round] + (1 - settings.explore()) * greatest[round];
        }
        double[] rewards = scoresReward ? rounds.targets() : numbers(rounds.column(settings.reward()));
        try {
            var logged = new LoggedRounds(
                    rewards,
                    numbers(rounds.column(settings.propensity())),
                    probabilities,
                    scoresReward ? new LoggedRounds.RewardModel(ofAction, ofPolicy) : null);
            return new OffPolicyEvaluation(settings.least(), CLIP, LEVEL).evaluate(logged);
        } catch (IllegalArgumentException e) {
            throw new InvalidData("off_policy", List.of(String.valueOf(e.getMessage())));
        }
    }

    /** A number for each row's value: the whole number itself, or the place of the text. */
    private static long[] values(Column column) {
        return switch (column) {
            case Column.Categories texts ->
                Arrays.stream(texts.codes()).asLongStream().toArray();
            case Column.Integers(long[] values) -> values;
            case Column.Numbers _, Column.NumberLists _, Column.CategoryLists _ ->
                throw new IllegalStateException("an action is a text or a whole number, one a row");
        };
    }

    /** A column like another in which every row has the same value. */
    private static Column everywhere(Column like, long value) {
        long[] values = new long[like.size()];
        Arrays.fill(values, value);
        return like instanceof Column.Categories texts
                ? new Column.Categories(
                        texts.texts(),
                        Arrays.stream(values).mapToInt(Math::toIntExact).toArray())
                : new Column.Integers(values);
    }

    private static Table with(Table rows, String name, Column column) {
        Map<String, Column> columns = new HashMap<>(rows.columns());
        columns.put(name, column);
        return new Table(rows.targets(), rows.weights(), rows.times(), columns, rows.others());
    }

    private static double[] numbers(Column column) {
        if (column instanceof Column.Numbers(float[] values)) {
            double[] numbers = new double[values.length];
            Arrays.setAll(numbers, row -> values[row]);
            return numbers;
        }
        throw new IllegalStateException("read as numbers");
    }
}
