package dev.ringside.app.load;

import dev.ringside.benchmarks.serving.Goal;
import dev.ringside.benchmarks.serving.Keyed;
import dev.ringside.benchmarks.serving.Network;
import org.jspecify.annotations.Nullable;

/** What is measured of a router in front of a model server, each in a process of its own. */
public enum RoutedMeasure implements Keyed {
    /** What an experiment costs. */
    ROUTED_CPU_RATIO(
            "processor time of router and model server for a request with a unit, assigned, spooled and shipped, over that"
                    + " of one that names the version; one row of JSON, network " + Network.SMALL.name()),
    /** What the router adds to most answers under load. */
    ADDED_P50_MS(
            "milliseconds that the router adds to the median of answers, over the model server asked itself, when requests"
                    + " come at half of the rate that saturates the router, whether or not others were answered"),
    /** What it adds to the slow ones. */
    ADDED_P99_MS("the same of the 99th percentile"),
    /** What it adds where it has time. */
    ADDED_P99_500_MS("the same of the 99th percentile when 500 requests a second come");

    private final String about;

    RoutedMeasure(String about) {
        this.about = about;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public @Nullable Goal goal() {
        return switch (this) {
            case ROUTED_CPU_RATIO -> Goal.atMost(1.3);
            case ADDED_P50_MS, ADDED_P99_MS -> null;
            case ADDED_P99_500_MS -> Goal.atMost(2);
        };
    }
}
