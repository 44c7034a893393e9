package dev.ringside.serving;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What can be configured about the model server. */
@ConfigMapping(prefix = "ringside.serving")
public interface ServingConfig {
    /** How many threads one run of a model may use within its operators. */
    @WithDefault("1")
    int intraOpThreads();

    /**
     * Where ONNX files run: {@code auto}, or devices such as {@code cpu}, {@code cuda:0}, {@code tensorrt:1}, by turns. What
     * is not there is left out, with a warning; if nothing is left, they run on the CPU.
     */
    @WithDefault("auto")
    List<String> devices();

    /**
     * How many runs of one model file there may be at the same time, where its model does not say; as many as there are
     * processors if absent.
     */
    OptionalInt threads();

    /**
     * How many requests of one model file may wait at most, where its model does not say; fewer while they wait for too
     * long. One more is answered 503.
     */
    @WithDefault("256")
    int queue();

    /** How long fetching a version's manifest and file may take before it is tried again. */
    @WithDefault("60s")
    Duration fetchTimeout();

    /**
     * How long opening, verifying and warming a version may take; then the others go on without it, and it is taken
     * should it still come.
     */
    @WithDefault("2m")
    Duration loadTimeout();

    /** How long after a failed fetch, or a model elsewhere that did not answer, it is tried again; twice as long each time. */
    @WithDefault("500ms")
    Duration retryAfter();

    /** The longest time between two tries of a fetch. */
    @WithDefault("30s")
    Duration retryAtMost();

    /** How long a stop waits for requests under way. */
    @WithDefault("10s")
    Duration drainTimeout();
}
