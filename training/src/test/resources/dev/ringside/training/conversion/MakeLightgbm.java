import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Makes the files of this folder that LightGBM has written, and what it answers rows that it has not seen:
 * java -cp lightgbm4j-4.1.0-2.jar:slf4j-api.jar MakeLightgbm.java FOLDER. A tenth of the numbers is missing, a fifth of a
 * column is 0, the last column is one of 40 categories.
 */
class MakeLightgbm {
    static final int COLUMNS = 5;
    static final int TRAIN = 2_000;
    static final int SHOWN = 60;

    static double[] table(SplittableRandom random, int count) {
        double[] rows = new double[count * COLUMNS];
        for (int i = 0; i < rows.length; i++) {
            int column = i % COLUMNS;
            double value = random.nextGaussian();
            if (column == 1) {
                value = random.nextInt(5) == 0 ? 0 : Math.abs(value) * 10;
            } else if (column == 4) {
                value = random.nextInt(40);
            }
            rows[i] = random.nextInt(10) == 0 ? Double.NaN : value;
        }
        return rows;
    }

    static float[] labels(SplittableRandom random, double[] rows, String kind) {
        float[] labels = new float[rows.length / COLUMNS];
        for (int i = 0; i < labels.length; i++) {
            double[] z = Arrays.stream(rows, i * COLUMNS, (i + 1) * COLUMNS).map(v -> Double.isNaN(v) ? 0 : v).toArray();
            double y = z[0] - 0.1 * z[1] + z[2] * z[3] + (z[4] % 3 == 1 ? 2.5 : 0) + 0.3 * random.nextGaussian();
            labels[i] = (float) switch (kind) {
                case "binary" -> y > 0 ? 1 : 0;
                case "classes" -> y < -0.5 ? 0 : y < 0.7 ? 1 : 2;
                case "count" -> Math.floor(Math.exp(Math.clamp(y, -3, 2)));
                case "positive" -> Math.exp(0.3 * y);
                case "share" -> 1 / (1 + Math.exp(-y));
                default -> y;
            };
        }
        return labels;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("binary", "binary categories objective=binary");
        all.put("steep", "binary objective=binary sigmoid=2.5");
        all.put("named", "number categories named objective=regression");
        all.put("roots", "number categories objective=regression reg_sqrt=true");
        all.put("nothing-missing", "number objective=regression_l1 use_missing=false");
        all.put("stump", "number categories objective=regression min_data_in_leaf=5000");
        all.put("quantile", "number categories objective=quantile alpha=0.9");
        all.put("multiclass", "classes categories objective=multiclass num_class=3");
        all.put("one-versus-all", "classes categories objective=multiclassova num_class=3");
        all.put("poisson", "count categories objective=poisson");
        all.put("tweedie", "positive objective=tweedie");
        all.put("cross-entropy", "share categories objective=cross_entropy");
        all.put("cross-entropy-lambda", "share categories objective=cross_entropy_lambda");
        all.put("forest", "binary categories objective=binary boosting=rf bagging_freq=1 bagging_fraction=0.6");
        all.put("dart", "binary categories objective=binary boosting=dart drop_rate=0.5");
        all.put("zeros", "number objective=regression zero_as_missing=true");
        Path folder = Path.of(arguments[0]);
        var json = new StringBuilder();
        double[] shown = table(new SplittableRandom(1), SHOWN);
        json.append("{\"rows\": ").append(rows(shown, COLUMNS));
        for (var each : all.entrySet()) {
            String[] words = each.getValue().split(" ", 2);
            // Of a parameter that is said twice the first counts.
            String parameters = words[1].replace("named ", "").replace("categories", "categorical_feature=4")
                    + " num_leaves=8 min_data_in_leaf=20 min_data_per_group=20 learning_rate=0.3 seed=1 verbosity=-1"
                    + " num_threads=1 deterministic=true";
            var random = new SplittableRandom(2);
            double[] train = table(random, TRAIN);
            var data = LGBMDataset.createFromMat(train, TRAIN, COLUMNS, true, parameters, null);
            data.setField("label", labels(random, train, words[0]));
            data.setFeatureNames(words[1].contains("named")
                    ? new String[] {"age", "visits", "height", "weight", "shop"}
                    : new String[] {"Column_0", "Column_1", "Column_2", "Column_3", "Column_4"});
            var booster = LGBMBooster.create(data, parameters);
            for (int i = 0; i < 4; i++) {
                booster.updateOneIter();
            }
            // The binding has room for one answer a row, so of several classes the first rows that taught are shown.
            boolean several = words[0].equals("classes");
            double[] found = several
                    ? first(booster.getPredict(0))
                    : booster.predictForMat(shown, SHOWN, COLUMNS, true, PredictionType.C_API_PREDICT_NORMAL);
            if (several) {
                json.append(",\n\"").append(each.getKey()).append("-rows\": ").append(rows(Arrays.copyOf(train, SHOWN * COLUMNS), COLUMNS));
            }
            json.append(",\n\"").append(each.getKey()).append("\": ").append(rows(found, found.length / SHOWN));
            String text = booster.saveModelToString(0, -1, LGBMBooster.FeatureImportanceType.GAIN);
            Files.writeString(folder.resolve("lightgbm-" + each.getKey() + ".txt"), text.substring(0, text.indexOf("end of trees") + 13));
        }
        Files.writeString(folder.resolve("lightgbm.json"), json.append("}\n"));
        Runtime.getRuntime().halt(0);
    }

    /** Answers stand class after class. */
    static double[] first(double[] answers) {
        int classes = answers.length / TRAIN;
        double[] first = new double[SHOWN * classes];
        for (int i = 0; i < first.length; i++) {
            first[i] = answers[i % classes * TRAIN + i / classes];
        }
        return first;
    }

    static String rows(double[] values, int columns) {
        var rows = new StringBuilder("[");
        for (int i = 0; i < values.length; i += columns) {
            rows.append(i == 0 ? "[" : ", [")
                    .append(Arrays.stream(values, i, i + columns)
                            .mapToObj(v -> Double.isNaN(v) ? "null" : Double.toString(v))
                            .collect(Collectors.joining(", ")))
                    .append("]");
        }
        return rows.append("]").toString();
    }
}
