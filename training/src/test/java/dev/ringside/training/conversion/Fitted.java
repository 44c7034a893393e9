package dev.ringside.training.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * A model that XGBoost or LightGBM itself has fitted and saved, and what the library answers rows that it has not seen: a
 * tenth of the numbers is missing, a fifth of a column is 0, the last column is one of 70 categories.
 *
 * @param file what was saved
 * @param rows the rows
 * @param answers the library's, [rows][outputs]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fitted(byte[] file, double[][] rows, double[][] answers) {
    private static final Path KEPT = Path.of("src/test/resources/dev/ringside/training/conversion");
    static final List<String> NAMES = List.of("age", "visits", "height", "weight", "shop");
    private static final int COLUMNS = 5;
    private static final int TRAIN = 2_000;
    private static final int SHOWN = 60;
    private static final int CATEGORIES = 70;
    private static final int ROUNDS = 6;
    private static final long SEED = 20_261_130;

    /** What is predicted, of a number that depends on all columns. */
    enum Label {
        NUMBER,
        BINARY,
        CLASSES,
        COUNT,
        POSITIVE,
        SHARE;

        double of(double y) {
            return switch (this) {
                case NUMBER -> y;
                case BINARY -> y > 0 ? 1 : 0;
                case CLASSES -> y < -0.5 ? 0 : y < 0.7 ? 1 : 2;
                case COUNT -> Math.floor(StrictMath.exp(Math.clamp(y, -3, 2)));
                case POSITIVE -> StrictMath.exp(0.3 * y);
                case SHARE -> 1 / (1 + StrictMath.exp(-y));
            };
        }
    }

    private static double[][] table(SplittableRandom random, int count) {
        double[][] rows = new double[count][COLUMNS];
        for (double[] row : rows) {
            for (int column = 0; column < COLUMNS - 1; column++) {
                row[column] = (float) random.nextGaussian();
            }
            row[1] = random.nextInt(5) == 0 ? 0 : Math.abs(row[1]) * 10;
            row[COLUMNS - 1] = random.nextInt(CATEGORIES);
            for (int column = 0; column < COLUMNS; column++) {
                if (random.nextInt(10) == 0) {
                    row[column] = Double.NaN;
                }
            }
        }
        return rows;
    }

    private static float[] labels(SplittableRandom random, double[][] rows, Label label) {
        float[] labels = new float[rows.length];
        for (int i = 0; i < labels.length; i++) {
            double[] z =
                    Arrays.stream(rows[i]).map(v -> Double.isNaN(v) ? 0 : v).toArray();
            double y = z[0] - 0.1 * z[1] + z[2] * z[3] + (z[4] % 3 == 1 ? 0.7 : 0) + 0.3 * random.nextGaussian();
            labels[i] = (float) label.of(y);
        }
        return labels;
    }

    private static float[] flatFloats(double[][] rows) {
        float[] flat = new float[rows.length * COLUMNS];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) rows[i / COLUMNS][i % COLUMNS];
        }
        return flat;
    }

    /**
     * By XGBoost.
     *
     * @param format {@code json} or {@code ubj}
     * @param categories whether the last column is one of categories, else a number
     * @param named whether columns have names
     */
    static Fitted xgboost(Label label, String format, boolean categories, boolean named, Map<String, Object> parameters)
            throws Exception {
        var random = new SplittableRandom(SEED);
        double[][] train = table(random, TRAIN);
        double[][] shown = table(random, SHOWN);
        try (var matrix = new Matrix(train, categories, named);
                var asked = new Matrix(shown, categories, named)) {
            matrix.of.setLabel(labels(random, train, label));
            Map<String, Object> all = new HashMap<>(Map.of("max_depth", 4, "eta", 0.4, "seed", 1, "nthread", 1));
            all.putAll(parameters);
            Booster booster = XGBoost.train(matrix.of, all, ROUNDS, Map.of(), null, null);
            float[][] found = booster.predict(asked.of);
            double[][] answers = new double[SHOWN][];
            for (int i = 0; i < SHOWN; i++) {
                answers[i] = new double[found[i].length];
                for (int j = 0; j < found[i].length; j++) {
                    answers[i][j] = found[i][j];
                }
            }
            byte[] file = booster.toByteArray(format);
            booster.dispose();
            return new Fitted(file, shown, answers);
        }
    }

    private static final class Matrix implements AutoCloseable {
        private final DMatrix of;

        Matrix(double[][] rows, boolean categories, boolean named) throws Exception {
            of = new DMatrix(flatFloats(rows), rows.length, COLUMNS, Float.NaN);
            if (named) {
                of.setFeatureNames(NAMES.toArray(String[]::new));
            }
            if (categories) {
                of.setFeatureTypes(new String[] {"q", "q", "q", "q", "c"});
            }
        }

        @Override
        public void close() {
            of.dispose();
        }
    }

    /** By LightGBM, as it was kept with its answers (MakeLightgbm.java beside the files). */
    static Fitted lightgbm(String name) throws IOException {
        JsonNode kept = Json.mapper().readTree(Files.readAllBytes(KEPT.resolve("lightgbm.json")));
        JsonNode own = kept.path(name + "-rows");
        return new Fitted(
                Files.readAllBytes(KEPT.resolve("lightgbm-" + name + ".txt")),
                numbers(own.isMissingNode() ? kept.path("rows") : own),
                numbers(kept.path(name)));
    }

    private static double[][] numbers(JsonNode rows) {
        double[][] numbers = new double[rows.size()][rows.path(0).size()];
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < numbers[i].length; j++) {
                JsonNode number = rows.path(i).path(j);
                numbers[i][j] = number.isNull() ? Double.NaN : number.asDouble();
            }
        }
        return numbers;
    }
}
