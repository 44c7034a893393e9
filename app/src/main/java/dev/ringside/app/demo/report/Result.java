package dev.ringside.app.demo.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The demo's outcome, as {@code --json} writes it.
 *
 * @param regions every region of every experiment
 * @param books whether everything is accounted for
 * @param fallbacks predictions that another version answered than the assigned one
 * @param seconds wall clock from start to report
 * @param peakRssBytes the greatest resident memory of all processes together
 * @param retrained what came of the challenger from the platform's own log; null if none was asked for
 */
public record Result(
        List<Region> regions,
        Books books,
        long fallbacks,
        long seconds,
        long peakRssBytes,
        @Nullable Retrained retrained) {
    public Result {
        regions = List.copyOf(regions);
    }

    /** Without a challenger from the platform's own log. */
    public Result(List<Region> regions, Books books, long fallbacks, long seconds, long peakRssBytes) {
        this(regions, books, fallbacks, seconds, peakRssBytes, null);
    }

    /** The regions of every experiment, also of what was retrained. */
    List<Region> everywhere() {
        return retrained == null
                ? regions
                : Stream.concat(regions.stream(), retrained.regions().stream()).toList();
    }

    /**
     * A region; null for what does not exist.
     *
     * @param exposures units by arm
     * @param difference of the primary KPI, challenger less champion, over closed units
     * @param lower end of the interval
     * @param upper end of the interval
     * @param trueDifference what the difference is over all flights of the verdict's cohorts
     * @param verdict {@code promote | roll_back | inconclusive | continue | blocked | not_started}
     * @param decidedAt event time
     * @param peekedTTest what a daily-peeked t-test would have said
     * @param evidenceDigest of what the verdict was made from
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Region(
            String experiment,
            String region,
            @Nullable Exposures exposures,
            @Nullable Double difference,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Double trueDifference,
            String verdict,
            @Nullable Instant decidedAt,
            @JsonProperty("peeked_t_test") PeekedTest.@Nullable Signal peekedTTest,
            @Nullable String evidenceDigest) {

        /** Whether the interval holds the truth; null where one of the two is missing. */
        @Nullable
        Boolean covered() {
            if (lower == null || upper == null || trueDifference == null) {
                return null;
            }
            return lower <= trueDifference && trueDifference <= upper;
        }
    }

    /** Units by arm. */
    public record Exposures(long champion, long challenger) {}
}
