package dev.ringside.contract.routing;

import static dev.ringside.contract.InvalidInput.require;

import java.util.List;

/**
 * One segment of one experiment that enrols units now.
 *
 * @param experiment the experiment's name
 * @param segment the slot's segment
 * @param epoch within an epoch the split is fixed
 * @param salt the experiment's salt
 * @param coverageMillionths which share of the segment's units is in the experiment, in millionths; only ever grows
 * @param arms at least two, the control first
 */
public record RoutingRow(
        String experiment, String segment, int epoch, String salt, int coverageMillionths, List<Arm> arms) {
    /** Full coverage. */
    public static final int ALL = 1_000_000;

    /** Checks coverage and arms. */
    public RoutingRow {
        require(epoch >= 1, "epoch", "expected 1 or more, found " + epoch);
        require(
                coverageMillionths >= 0 && coverageMillionths <= ALL,
                "coverage_millionths",
                "expected 0 to 1000000, found " + coverageMillionths);
        require(arms.size() >= 2, "arms", "expected at least two, found " + arms.size());
        arms = List.copyOf(arms);
    }

    /**
     * An arm.
     *
     * @param variant its name; the control is {@code champion}
     * @param version the version that its units get
     * @param weight its share among the weights of all arms, 1 or more
     */
    public record Arm(String variant, String version, int weight) {
        public Arm {
            require(weight >= 1, "weight", "expected 1 or more, found " + weight);
        }
    }
}
