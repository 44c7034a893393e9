package dev.ringside.app.load;

import dev.ringside.benchmarks.serving.Goal;
import dev.ringside.benchmarks.serving.Keyed;
import dev.ringside.benchmarks.serving.Network;
import org.jspecify.annotations.Nullable;

/** What is measured of a model server in a process of its own. */
public enum ServedMeasure implements Keyed {
    /** What the protocol costs where the model costs nothing. */
    JSON_1_RATIO("one-row JSON requests a second, over those of a POST of the same server that reads as many bytes and"
            + " answers as many; network " + Network.SMALL.name()),
    /** What is left of the session behind binary tensors. */
    BINARY_RATIO(
            "rows for each second of the server's processor time, 32 a request in binary tensors over REST, over those"
                    + " of the same session in a plain loop; network " + Network.SMALL.name()),
    /** The same over gRPC. */
    GRPC_RATIO("the same over gRPC, in raw contents"),
    /** The same where the model takes long. */
    BINARY_RATIO_LARGE("as binary_ratio, with the network " + Network.LARGE.name()),
    /** What another server does with the same file. */
    PEER_RATIO(
            "one-row JSON requests a second, over those of the server of --peer with 16 clients, with as many clients"
                    + " as leave the 99th percentile no later than there; network " + Network.SMALL.name()),
    /** What is left when too many ask. */
    OVERLOAD_GOODPUT_RATIO(
            "requests answered in time a second with ten times as many clients as saturate the server, over"
                    + " those with as many as do; each waits for 250 ms; network " + Network.LARGE.name()),
    /** What is lost when versions are swapped. */
    SWAP_FAILURES(
            "requests that fail while versions are swapped under load, as many files that cannot be loaded between"
                    + " them; network " + Network.LARGE.name()),
    /** What is lost when a server is stopped. */
    DRAIN_FAILURES(
            "requests over REST and gRPC that fail while servers are stopped by SIGTERM under load, one after the other,"
                    + " behind what sends to those that say they are ready; network " + Network.SMALL.name());

    private final String about;

    ServedMeasure(String about) {
        this.about = about;
    }

    /** Whether it counts over many occasions, and is not taken round by round. */
    boolean isTakenOnce() {
        return this == SWAP_FAILURES || this == DRAIN_FAILURES;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public @Nullable Goal goal() {
        return switch (this) {
            case JSON_1_RATIO -> Goal.atLeast(0.6);
            case BINARY_RATIO, GRPC_RATIO -> Goal.atLeast(0.85);
            case BINARY_RATIO_LARGE -> null;
            case PEER_RATIO -> Goal.atLeast(2);
            case OVERLOAD_GOODPUT_RATIO -> Goal.atLeast(0.8);
            case SWAP_FAILURES, DRAIN_FAILURES -> Goal.atMost(0);
        };
    }
}
