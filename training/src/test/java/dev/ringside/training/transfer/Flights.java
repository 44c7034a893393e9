package dev.ringside.training.transfer;

import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import dev.ringside.training.features.Embedding;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.features.OneHot;
import dev.ringside.training.features.PiecewiseLinear;
import dev.ringside.training.features.Standardised;
import dev.ringside.training.learning.Fitted;
import dev.ringside.training.learning.Pipeline;
import dev.ringside.training.learning.RunContext;
import dev.ringside.training.network.Activation;
import dev.ringside.training.network.NetworkLearner;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Target;
import dev.ringside.training.split.Sides;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up flights, whose lateness depends on hour, wind and airport, and a network that was fitted to some of them. */
final class Flights {
    static final FeatureSpec HOUR = new FeatureSpec("hour", FeatureType.INTEGER);
    static final FeatureSpec WIND = new FeatureSpec("wind", FeatureType.NUMBER);
    static final FeatureSpec AIRPORT = new FeatureSpec("airport", FeatureType.CATEGORY);
    static final FeatureSpec CARRIER = new FeatureSpec("carrier", FeatureType.CATEGORY);
    static final RunContext RUN = new RunContext(1, (_, _, _, _) -> {});

    private Flights() {}

    /**
     * Rows.
     *
     * @param airports from which a row's is drawn evenly; the one that begins with X has the opposite of the wind's effect
     */
    static Table rows(long seed, int count, String... airports) {
        var random = new Random(seed);
        long[] hours = new long[count];
        float[] winds = new float[count];
        String[] ports = new String[count];
        String[] carriers = new String[count];
        double[] targets = new double[count];
        for (int i = 0; i < count; i++) {
            hours[i] = random.nextInt(24);
            winds[i] = (float) random.nextGaussian();
            ports[i] = airports[random.nextInt(airports.length)];
            carriers[i] = random.nextBoolean() ? "AA" : "WN";
            double wind = ports[i].startsWith("X") ? -winds[i] : winds[i];
            double logit = 2 * Math.sin(hours[i] / 4.0) + 2 * wind + (ports[i].equals("B") ? 1 : 0);
            targets[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return new Table(
                targets,
                null,
                null,
                Map.of(
                        "hour",
                        new Column.Integers(hours),
                        "wind",
                        new Column.Numbers(winds),
                        "airport",
                        Column.Categories.of(ports),
                        "carrier",
                        Column.Categories.of(carriers)));
    }

    static List<Represented> features() {
        return List.of(
                new Represented(HOUR, List.of(new PiecewiseLinear.Settings(8, 4))),
                new Represented(WIND, List.of(Standardised::fit)),
                new Represented(AIRPORT, List.of(OneHot::fit, new Embedding.Settings(2, 5))));
    }

    static NetworkSettings settings(double rate, int epochs) {
        return new NetworkSettings(
                List.of(16, 16), Activation.Kind.RELU, true, true, 0.1, rate, 0, 0, 64, epochs, 5, 0, 0, 1, 1);
    }

    static Fitted parent(Table train, Table validation) {
        return (Fitted) new Pipeline(features(), new NetworkLearner(settings(0.01, 12), new Target.Probability()))
                .fit(Sides.all(train), validation, RUN);
    }

    static double loss(double[] scores, Table rows) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= Math.log(rows.targets()[i] == 1 ? scores[i] : 1 - scores[i]);
        }
        return sum / scores.length;
    }
}
