package dev.ringside.app.load;

import dev.ringside.benchmarks.serving.Keyed;
import dev.ringside.benchmarks.serving.ServingMeasured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Measures a router that it starts, with all that it needs, beside the model server behind it: both take turns, and each
 * round begins with the other.
 */
public final class RoutedBench {
    /** So many keep router and server busy. */
    private static final int CLIENTS = 16;

    private static final double SLOW_PER_SECOND = 500;

    /** What is in the spool when the last answer is out is shipped by then. */
    private static final Duration SHIPPED = Duration.ofMillis(500);

    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private final int rounds;
    private final Duration each;

    /**
     * @param rounds how often each measure is taken
     * @param each how long each of the two sides of a round takes
     */
    public RoutedBench(int rounds, Duration each) {
        this.rounds = rounds;
        this.each = each;
    }

    /**
     * Measures, one after the other.
     *
     * @param folder for the platform's files, which the caller deletes
     * @param progress hears that a round begins, counted from 0 over all measures
     * @throws IOException if the platform does not start, ends, or does not answer
     */
    public List<ServingMeasured> measure(List<RoutedMeasure> measures, Path folder, ObjIntConsumer<Keyed> progress)
            throws IOException, InterruptedException {
        var found = new ArrayList<ServingMeasured>();
        int begun = 0;
        try (RoutedPlatform platform = RoutedPlatform.start(folder)) {
            warm(platform);
            double saturated = saturation(platform);
            for (RoutedMeasure measure : measures) {
                var values = new ArrayList<Double>();
                Map<String, List<Double>> raw = new LinkedHashMap<>();
                round(measure, platform, saturated, false, new LinkedHashMap<>()); // what is compiled by then
                for (int round = 0; round < rounds; round++) {
                    progress.accept(measure, begun++);
                    values.add(round(measure, platform, saturated, round % 2 == 1, raw));
                }
                found.add(ServingMeasured.of(measure, values, raw));
            }
        }
        return found;
    }

    /** New processes work for their compilers first, for a minute on two cores: a request takes five times as long. */
    private static void warm(RoutedPlatform platform) throws IOException, InterruptedException {
        for (HttpRequests requests : List.of(platform.routed(), platform.byVersion(), platform.direct())) {
            answeredAll(new HttpLoad(requests).send(CLIENTS, WARM_UP));
        }
    }

    /** How many requests with a unit are answered a second by as many clients as there may be; of a few takes the last. */
    private double saturation(RoutedPlatform platform) throws IOException, InterruptedException {
        double last = 0;
        for (int take = 0; take < 3; take++) {
            last = answeredAll(new HttpLoad(platform.routed()).send(CLIENTS, each))
                    .perSecond();
        }
        return last;
    }

    private double round(
            RoutedMeasure measure,
            RoutedPlatform platform,
            double saturated,
            boolean reversed,
            Map<String, List<Double>> raw)
            throws IOException, InterruptedException {
        return switch (measure) {
            case ROUTED_CPU_RATIO -> processorRatio(platform, reversed, raw);
            case ADDED_P50_MS -> added(platform, saturated / 2, 0.5, reversed, raw);
            case ADDED_P99_MS -> added(platform, saturated / 2, 0.99, reversed, raw);
            case ADDED_P99_500_MS -> added(platform, SLOW_PER_SECOND, 0.99, reversed, raw);
        };
    }

    private double processorRatio(RoutedPlatform platform, boolean reversed, Map<String, List<Double>> raw)
            throws IOException, InterruptedException {
        double second = reversed ? processorMicros(platform, platform.byVersion(), "_by_version", raw) : 0;
        double first = processorMicros(platform, platform.routed(), "", raw);
        return first / (reversed ? second : processorMicros(platform, platform.byVersion(), "_by_version", raw));
    }

    private double processorMicros(
            RoutedPlatform platform, HttpRequests requests, String name, Map<String, List<Double>> raw)
            throws IOException, InterruptedException {
        double before = platform.processorSeconds();
        Outcome outcome = answeredAll(new HttpLoad(requests).send(CLIENTS, each));
        Thread.sleep(SHIPPED);
        double micros = (platform.processorSeconds() - before) * 1e6 / outcome.answered();
        ServedBench.note(raw, "processor_us" + name, micros);
        ServedBench.note(raw, "requests_per_second" + name, outcome.perSecond());
        return micros;
    }

    private double added(
            RoutedPlatform platform, double perSecond, double share, boolean reversed, Map<String, List<Double>> raw)
            throws IOException, InterruptedException {
        ServedBench.note(raw, "sent_per_second", perSecond);
        double second = reversed ? millis(platform.direct(), perSecond, share, "ms_direct", raw) : 0;
        double first = millis(platform.routed(), perSecond, share, "ms", raw);
        return first - (reversed ? second : millis(platform.direct(), perSecond, share, "ms_direct", raw));
    }

    private double millis(
            HttpRequests requests, double perSecond, double share, String name, Map<String, List<Double>> raw)
            throws IOException, InterruptedException {
        double millis =
                answeredAll(new OpenLoad(requests).send(perSecond, each)).millis(share);
        ServedBench.note(raw, name, millis);
        return millis;
    }

    private static Outcome answeredAll(Outcome outcome) throws IOException {
        if (outcome.failed() > 0 || outcome.answered() == 0) {
            throw new IOException(
                    outcome.failed() + " of " + (outcome.answered() + outcome.failed()) + " requests failed");
        }
        return outcome;
    }
}
