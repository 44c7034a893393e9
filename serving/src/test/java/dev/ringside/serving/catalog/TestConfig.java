package dev.ringside.serving.catalog;

import dev.ringside.serving.ServingConfig;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A configuration with short times. */
record TestConfig(int queue, Duration fetchTimeout, Duration retryAfter, Duration drainTimeout)
        implements ServingConfig {
    static final TestConfig QUICK =
            new TestConfig(1000, Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofSeconds(20));

    @Override
    public List<String> devices() {
        return List.of("cpu");
    }

    @Override
    public int intraOpThreads() {
        return 1;
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(2);
    }

    @Override
    public Duration loadTimeout() {
        return fetchTimeout;
    }

    @Override
    public Duration retryAtMost() {
        return retryAfter.multipliedBy(4);
    }
}
