package dev.ringside.app.wiring;

/** The names under which Kafka keeps how far the readers are that share a topic. */
public final class Groups {
    /** The aggregator's, which begins the names of its changelogs and transactions too. */
    public static final String METRICS = MetricsPart.APPLICATION;

    private Groups() {}
}
