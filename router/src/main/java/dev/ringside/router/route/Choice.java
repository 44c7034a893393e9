package dev.ringside.router.route;

import dev.ringside.contract.routing.RoutingRow;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The version that is to answer, and why.
 *
 * @param version the version
 * @param row the experiment's row; null if the unit is in none
 * @param variant the unit's arm; null if it is in no experiment
 * @param propensity the probability of that arm; 1 without an experiment
 * @param reason why there is no experiment; null in one
 */
record Choice(
        String version,
        @Nullable RoutingRow row,
        @Nullable String variant,
        double propensity,
        @Nullable String reason) {
    static Choice enrolled(RoutingRow row, RoutingRow.Arm arm, double propensity) {
        return new Choice(arm.version(), row, arm.variant(), propensity, null);
    }

    static Choice outside(String version, String reason) {
        return new Choice(version, null, null, 1, reason);
    }

    /** The versions that the request must fit: all arms', not only that of the unit's own. */
    Collection<String> versions() {
        return row == null
                ? List.of(version)
                : row.arms().stream().map(RoutingRow.Arm::version).toList();
    }

    @Nullable
    String experiment() {
        return row == null ? null : row.experiment();
    }

    @Nullable
    Integer epoch() {
        return row == null ? null : row.epoch();
    }
}
