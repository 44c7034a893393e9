package dev.ringside.training.transfer;

import dev.ringside.training.dataset.DataSource;
import dev.ringside.training.dataset.DatasetReader;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Period;
import dev.ringside.training.dataset.Roles;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.distribution.StudentT;
import dev.ringside.training.evaluation.Auc;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.learning.Estimator;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.Predictor;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.logistic.LogisticLearner;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.network.WarmStart.Mode;
import dev.ringside.training.split.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a champion's network is worth to origins of few flights: over all origins with fewer than 500 training rows, models
 * that begin with the champion beside models of the origin's own rows. The champion has learnt of none of these origins.
 *
 * <p>Run with two arguments: flights-3m.parquet, and the demo's features.sql. It takes some minutes.
 */
final class FineTuningStudy {
    private static final int FEW = 500;
    private static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});
    private static final long TEACHING = Instant.parse("2001-03-11T00:00:00Z").toEpochMilli();
    private static final long WATCHING = Instant.parse("2001-04-01T00:00:00Z").toEpochMilli();
    private static final List<FeatureSpec> FEATURES = List.of(
            new FeatureSpec("distance", FeatureType.INTEGER),
            new FeatureSpec("hour", FeatureType.INTEGER),
            new FeatureSpec("weekday", FeatureType.INTEGER),
            new FeatureSpec("origin", FeatureType.CATEGORY),
            new FeatureSpec("origin_flights_3h", FeatureType.INTEGER),
            new FeatureSpec("origin_late_share_3h", FeatureType.NUMBER),
            new FeatureSpec("destination_flights_6h", FeatureType.INTEGER),
            new FeatureSpec("destination_late_share_6h", FeatureType.NUMBER));

    private FineTuningStudy() {}

    /**
     * A sum over an origin's test rows for each model, with what it is divided by.
     *
     * @param rows how many rows
     * @param pairs how many pairs of a late flight and one that was not
     * @param losses log loss by model, summed
     * @param ordered pairs in the right order by model
     */
    private record Origin(long rows, double pairs, Map<String, Double> losses, Map<String, Double> ordered) {}

    public static void main(String... arguments) throws IOException {
        Table rows = read(Path.of(arguments[0]), Path.of(arguments[1]));
        String[] origins = rows.texts("origin");
        String[] taught = rows.texts("taught");
        IntPredicate few = row -> Long.parseLong(taught[row]) < FEW;
        Fitted champion = (Fitted) pipeline()
                .fit(
                        Sides.all(part(rows, few.negate(), Long.MIN_VALUE, TEACHING)),
                        part(rows, few.negate(), TEACHING, WATCHING),
                        RUN);
        Checkpoint checkpoint = Checkpoint.of(champion).orElseThrow();
        Predictor regional = new RegionalHeads(checkpoint, FEATURES.get(3))
                .fit(Sides.all(part(rows, few, Long.MIN_VALUE, TEACHING)), null, RUN);
        System.out.println(regional.facts());
        List<Origin> found = new ArrayList<>();
        for (String origin : new TreeSet<>(Arrays.asList(origins))) {
            IntPredicate own = row -> origins[row].equals(origin) && few.test(row);
            Table train = part(rows, own, Long.MIN_VALUE, TEACHING);
            Table watched = part(rows, own, TEACHING, WATCHING);
            Table test = part(rows, own, WATCHING, Long.MAX_VALUE);
            if (bothClasses(train) && bothClasses(watched) && test.size() > 0) {
                found.add(origin(test, models(checkpoint, champion, regional, train, watched)));
            }
        }
        print(found);
    }

    private static Table read(Path data, Path features) throws IOException {
        String query = """
                SELECT * FROM (
                    SELECT *, count(*) FILTER (WHERE date < TIMESTAMP '2001-03-11') OVER (PARTITION BY origin) AS taught
                    FROM features)
                WHERE taught < %d OR hash(row) %% 10 = 0""".formatted(FEW);
        String sql = Files.readString(features).strip();
        List<FeatureSpec> columns = new ArrayList<>(FEATURES);
        columns.add(new FeatureSpec("taught", FeatureType.INTEGER));
        return new DatasetReader(
                        new DataSource(Map.of(DataSource.UNNAMED, data), Map.of("features", sql), query),
                        new Roles("date", Label.binary("late"), null),
                        columns,
                        "1GB")
                .read(new Period(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-07-01T00:00:00Z")))
                .rows();
    }

    private static Table part(Table rows, IntPredicate chosen, long from, long to) {
        long[] times = rows.times();
        return rows.select(IntStream.range(0, rows.size())
                .filter(row -> times[row] >= from && times[row] < to && chosen.test(row))
                .toArray());
    }

    private static boolean bothClasses(Table rows) {
        double late = Arrays.stream(rows.targets()).sum();
        return late > 0 && late < rows.size();
    }

    private static List<Represented> features() {
        return FEATURES.stream().map(Represented::byType).toList();
    }

    private static NetworkSettings settings(int batch, double rate) {
        return NetworkSettings.plain(List.of(64, 32), 0, rate, 0.0001, batch, 60, 6);
    }

    private static Estimator pipeline() {
        return new Pipeline(features(), new NetworkLearner(settings(512, 0.001), new Target.Probability()));
    }

    private static Map<String, Predictor> models(
            Checkpoint checkpoint, Fitted champion, Predictor regional, Table train, Table watched) {
        Map<String, Predictor> models = new LinkedHashMap<>();
        models.put(
                "scratch",
                new Pipeline(features(), new NetworkLearner(settings(32, 0.001), new Target.Probability()))
                        .fit(Sides.all(train), watched, RUN));
        models.put(
                "logistic, scratch",
                new Pipeline(features(), new LogisticLearner(0.01)).fit(Sides.all(train), watched, RUN));
        models.put("champion", champion);
        for (Mode mode : Mode.values()) {
            models.put(
                    mode.word(),
                    new FineTuning(checkpoint, features(), settings(32, 0.0003), new Target.Probability(), mode, 0.8)
                            .fit(Sides.all(train), watched, RUN));
        }
        models.put("regions", regional);
        return models;
    }

    private static Origin origin(Table test, Map<String, Predictor> models) {
        boolean[] labels = test.labels();
        double late = Arrays.stream(test.targets()).sum();
        double pairs = late * (test.size() - late);
        Map<String, Double> losses = new LinkedHashMap<>();
        Map<String, Double> ordered = new LinkedHashMap<>();
        models.forEach((name, model) -> {
            double[] scores = model.score(test);
            double loss = 0;
            for (int row = 0; row < scores.length; row++) {
                double held = Math.clamp(scores[row], 1e-6, 1 - 1e-6);
                loss -= Math.log(labels[row] ? held : 1 - held);
            }
            losses.put(name, loss);
            ordered.put(
                    name, Auc.of(new ScoredRows(labels, scores)).map(Auc::value).orElse(0.0) * pairs);
        });
        return new Origin(test.size(), pairs, losses, ordered);
    }

    private static void print(List<Origin> origins) {
        System.out.printf(
                Locale.ROOT,
                "%d origins, %d test rows%n%-20s %8s %34s %34s %8s %34s%n",
                origins.size(),
                origins.stream().mapToLong(Origin::rows).sum(),
                "model",
                "log loss",
                "less than scratch by",
                "less than the champion by",
                "AUC",
                "more than scratch by");
        for (String model : origins.getFirst().losses().keySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %8.4f %34s %34s %8.4f %34s%n",
                    model,
                    ratio(origins, o -> o.losses().get(model), o -> o.rows())[0],
                    words(ratio(
                            origins, o -> o.losses().get("scratch") - o.losses().get(model), o -> o.rows())),
                    words(ratio(
                            origins,
                            o -> o.losses().get("champion") - o.losses().get(model),
                            o -> o.rows())),
                    ratio(origins, o -> o.ordered().get(model), Origin::pairs)[0],
                    words(ratio(
                            origins, o -> o.ordered().get(model) - o.ordered().get("scratch"), Origin::pairs)));
        }
    }

    private static String words(double[] estimate) {
        return String.format(
                Locale.ROOT, "%.4f [%.4f, %.4f]", estimate[0], estimate[0] - estimate[1], estimate[0] + estimate[1]);
    }

    /** One of an origin's numbers. */
    private interface Sum {
        double of(Origin origin);
    }

    /** A ratio of sums over origins with half its 95 % interval, linearised, origins being the units (Cochran 1977, 2.39). */
    private static double[] ratio(List<Origin> origins, Sum above, Sum below) {
        double numerator = 0;
        double denominator = 0;
        for (Origin origin : origins) {
            numerator += above.of(origin);
            denominator += below.of(origin);
        }
        double ratio = numerator / denominator;
        double squares = 0;
        for (Origin origin : origins) {
            double residual = above.of(origin) - ratio * below.of(origin);
            squares += residual * residual;
        }
        int n = origins.size();
        return new double[] {ratio, StudentT.halfWidth(0.95, n - 1) * Math.sqrt(squares * n / (n - 1)) / denominator};
    }
}
