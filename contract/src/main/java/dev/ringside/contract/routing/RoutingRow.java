package dev.ringside.contract.routing;

import static dev.ringside.contract.InvalidInput.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment of one experiment that enrols units now.
 *
 * @param experiment the experiment's name
 * @param segment the slot's segment
 * @param epoch within an epoch the split is fixed
 * @param salt the experiment's salt
 * @param coverageMillionths which share of the segment's units is in the experiment, in millionths; only ever grows
 * @param arms at least two, the control first
 * @param holdback what keeps the old champion for some after a promotion; null for a row that compares
 */
public record RoutingRow(
        String experiment,
        String segment,
        int epoch,
        String salt,
        int coverageMillionths,
        List<Arm> arms,
        @Nullable Holdback holdback) {
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

    /** A row that compares. */
    public RoutingRow(
            String experiment, String segment, int epoch, String salt, int coverageMillionths, List<Arm> arms) {
        this(experiment, segment, epoch, salt, coverageMillionths, arms, null);
    }

    /**
     * After a promotion the new champion serves, but for a part of the units that were control: those keep the old one. They
     * are compared with the units that were given the new one before; everybody else is in no comparison.
     *
     * @param assignedBy the epoch before the promotion, by whose hash and weights units were given their arms
     * @param ofControlMillionths which part of the control's units is held back, by a hash of its own, in millionths
     */
    public record Holdback(int assignedBy, int ofControlMillionths) {
        public Holdback {
            require(assignedBy >= 1, "assigned_by", "expected 1 or more, found " + assignedBy);
            require(
                    ofControlMillionths >= 1 && ofControlMillionths <= ALL,
                    "of_control_millionths",
                    "expected 1 to 1000000, found " + ofControlMillionths);
        }
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
