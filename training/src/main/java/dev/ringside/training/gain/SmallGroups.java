package dev.ringside.training.gain;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
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
import dev.ringside.training.progress.Progress;
import dev.ringside.training.split.Parts;
import dev.ringside.training.split.TrainingSide;
import dev.ringside.training.transfer.Checkpoint;
import dev.ringside.training.transfer.FineTuning;
import dev.ringside.training.transfer.RegionalHeads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Fits, to the rows of each group alone, networks that begin anew and networks that begin with a champion, and measures all
 * of them on the group's test rows. The champion is fitted to the rows of no group.
 */
public final class SmallGroups {
    private static final String SCRATCH = "scratch";
    private static final String CHAMPION = "champion";
    /** Rows of a step of a group's own models, which have some hundred rows. */
    private static final int BATCH = 32;

    private static final double TUNING_RATE = 0.0003;
    private static final double RATE_DECAY = 0.8;
    private static final double LOGISTIC_DECAY = 0.01;

    private final List<Represented> features;
    private final NetworkSettings settings;
    private final String column;
    private final RunContext run;
    private final Progress progress;

    /**
     * @param features what all models read
     * @param settings of the champion
     * @param column whose texts are the groups; the empty text is none
     * @param seed where all randomness comes from
     */
    public SmallGroups(
            List<Represented> features, NetworkSettings settings, String column, long seed, Progress progress) {
        this.features = List.copyOf(features);
        this.settings = settings;
        this.column = column;
        this.progress = progress;
        run = new RunContext(seed, (_, _, _, _) -> {});
    }

    /**
     * The figures of {@link Gains#metrics}: of the models {@code scratch}, {@code logistic}, {@code champion}, one for each
     * mode of fine-tuning, and {@code regions}.
     *
     * @param parts with a validation part, of rows whose label is a yes or no
     */
    public Map<String, Double> measure(Table rows, Parts parts) {
        String[] groups = rows.texts(column);
        IntPredicate small = row -> !groups[row].isEmpty();
        Side others = side(rows, parts, small.negate());
        progress.stage("fitting the champion to " + others.train().size() + " rows");
        Fitted champion = (Fitted) network(settings).fit(others.train(), others.validation(), run);
        Checkpoint checkpoint = Checkpoint.of(champion).orElseThrow();
        Side all = side(rows, parts, small);
        Predictor regional = new RegionalHeads(checkpoint, new FeatureSpec(column, FeatureType.CATEGORY))
                .fit(all.train(), null, run);
        List<Group> found = new ArrayList<>();
        var names = new TreeSet<>(Arrays.asList(groups));
        names.remove("");
        for (String name : names) {
            Side own = side(rows, parts, row -> groups[row].equals(name));
            if (bothClasses(own.train().rows())
                    && bothClasses(own.validation())
                    && own.test().size() > 0) {
                progress.stage("group " + name + ", " + found.size() + " before it, at most " + names.size());
                Map<String, Predictor> models = models(checkpoint, own);
                models.put(CHAMPION, champion);
                models.put("regions", regional);
                found.add(Group.of(own.test(), models));
            }
        }
        return new Gains(found).metrics(SCRATCH, CHAMPION);
    }

    /**
     * The rows of one group, or of some.
     *
     * @param train the rows that teach
     * @param validation the rows that tell when to stop
     * @param test the rows that only measure
     */
    private record Side(TrainingSide train, Table validation, Table test) {}

    private static Side side(Table rows, Parts parts, IntPredicate chosen) {
        int[] train = Arrays.stream(parts.train()).filter(chosen).toArray();
        int @Nullable [] watched = parts.validation();
        if (watched == null) {
            throw new IllegalArgumentException("networks need a validation part");
        }
        int[] validation = Arrays.stream(watched).filter(chosen).toArray();
        int[] test = Arrays.stream(parts.test()).filter(chosen).toArray();
        return new Side(
                new Parts(train, new int[0], validation, test, 0).training(rows),
                rows.select(validation),
                rows.select(test));
    }

    private static boolean bothClasses(Table rows) {
        double positives = Arrays.stream(rows.targets()).sum();
        return positives > 0 && positives < rows.size();
    }

    private Estimator network(NetworkSettings as) {
        return new Pipeline(features, new NetworkLearner(as, new Target.Probability()));
    }

    private NetworkSettings own(double rate) {
        return NetworkSettings.plain(
                settings.hidden(),
                settings.dropout(),
                rate,
                settings.weightDecay(),
                BATCH,
                settings.epochs(),
                settings.patience());
    }

    private Map<String, Predictor> models(Checkpoint checkpoint, Side own) {
        Map<String, Predictor> models = new LinkedHashMap<>();
        models.put(SCRATCH, network(own(settings.learningRate())).fit(own.train(), own.validation(), run));
        models.put(
                "logistic",
                new Pipeline(features, new LogisticLearner(LOGISTIC_DECAY)).fit(own.train(), own.validation(), run));
        for (Mode mode : Mode.values()) {
            models.put(
                    mode.word(),
                    new FineTuning(checkpoint, features, own(TUNING_RATE), new Target.Probability(), mode, RATE_DECAY)
                            .fit(own.train(), own.validation(), run));
        }
        return models;
    }
}
