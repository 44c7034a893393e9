package dev.ringside.app.configuration;

import dev.ringside.contract.inference.InferenceLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much a request of the Open Inference Protocol may hold and take, whichever way it comes. */
@ConfigMapping(prefix = "ringside.inference")
public interface InferenceConfig {
    /** How many values all inputs of a request may have together; more are answered 413. */
    @WithDefault("4194304")
    long elements();

    /** How many dimensions a tensor may have, and how deep its values may be nested. */
    @WithDefault("64")
    int dimensions();

    /** How many inputs and how many requested outputs a request may have; more are answered 413. */
    @WithDefault("1024")
    int tensors();

    /** The longest that a model server lets a request wait and run where neither it nor a router says less. */
    @WithDefault("60s")
    Duration timeout();

    /** The first three, as codecs take them. */
    default InferenceLimits limits() {
        return new InferenceLimits(elements(), dimensions(), tensors());
    }
}
