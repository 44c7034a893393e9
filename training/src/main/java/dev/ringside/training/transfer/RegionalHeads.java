package dev.ringside.training.transfer;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Block;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoded;
import dev.ringside.training.features.Moments;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.TrainingSide;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fits how each region deviates from a champion's head, shrunk towards the champion ({@link PartialPooling}). The champion
 * stays as it is; slopes are those of its last hidden layer, each standardised over the training rows.
 *
 * @param champion the fitted network
 * @param region the column whose values are regions
 */
public record RegionalHeads(Checkpoint champion, FeatureSpec region) implements Estimator {
    @Override
    public Regional fit(TrainingSide side, @Nullable Table validation, RunContext run) {
        Table train = side.rows();
        Embedding regions = new Embedding.Settings(1, 1).fit(region, train.column(region.name()), train.targets());
        Encoded rows = champion.encoder().encode(train);
        Block.Dense hidden = champion.model().hidden(rows);
        int width = hidden.width();
        double[] mean = new double[width];
        double[] deviation = new double[width];
        float[] standardised = standardised(hidden, mean, deviation);
        double[] weights = train.weights();
        if (weights == null) {
            weights = new double[train.size()];
            Arrays.fill(weights, 1);
        }
        int[] places = regions.encode(train.column(region.name())).values();
        int count = regions.vocabulary().size();
        PartialPooling.Pooled pooled = PartialPooling.fit(
                new PartialPooling.Rows(
                        champion.model().binary(),
                        train.targets(),
                        champion.model().numbers(rows),
                        width,
                        standardised,
                        weights,
                        Arrays.stream(places).map(place -> place - 1).toArray()),
                count);
        float[] biases = new float[count + 1];
        float[] slopes = new float[(count + 1) * width];
        for (int r = 0; r < count; r++) {
            double bias = pooled.deviations()[r][0];
            for (int j = 0; j < width; j++) {
                double slope = pooled.deviations()[r][j + 1] / deviation[j];
                bias -= slope * mean[j];
                slopes[(r + 1) * width + j] = (float) slope;
            }
            biases[r + 1] = (float) bias;
        }
        return new Regional(
                champion,
                new Deviations(regions, biases, slopes),
                Map.of(
                        "regions",
                        (double) count,
                        "regional_intercept_deviation",
                        StrictMath.sqrt(pooled.intercept()),
                        "regional_slope_deviation",
                        StrictMath.sqrt(pooled.slope())));
    }

    private static float[] standardised(Block.Dense hidden, double[] mean, double[] deviation) {
        int width = hidden.width();
        float[] standardised = new float[hidden.values().length];
        double[] column = new double[hidden.rows()];
        for (int j = 0; j < width; j++) {
            for (int row = 0; row < column.length; row++) {
                column[row] = hidden.values()[row * width + j];
            }
            Moments moments = Moments.of(column);
            mean[j] = moments.mean();
            deviation[j] = moments.deviation();
            for (int row = 0; row < column.length; row++) {
                standardised[row * width + j] = (float) ((column[row] - mean[j]) / deviation[j]);
            }
        }
        return standardised;
    }
}
