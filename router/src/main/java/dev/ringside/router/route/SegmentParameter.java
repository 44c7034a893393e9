package dev.ringside.router.route;

import dev.ringside.contract.json.Spelling;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameter that names a request's segment. A slot without segments takes anything; in one with segments a request
 * that names none of them counts for {@value SlotRoutes#OTHER}, which may be meant, or a mistake in writing that nobody
 * would see: so it is counted, and said in the answer.
 */
final class SegmentParameter {
    /** What other servers take, and no misspelt segment. */
    private static final Set<String> SERVERS = Set.of(
            "priority",
            "timeout",
            "sequence_id",
            "sequence_start",
            "sequence_end",
            "headers",
            "binary_data_output",
            "content_type");

    private static final String SERVERS_PREFIX = "triton_";
    private static final int MOST_REMEMBERED = 1000;

    private final String name;
    private final List<String> segments;
    private final Set<String> own;
    private final Placement missing;
    private final ConcurrentHashMap<String, Placement> unknown = new ConcurrentHashMap<>();

    /**
     * Where a request belongs.
     *
     * @param segment the segment that it counts for
     * @param mistake what may be wrong with it; null for nothing
     */
    record Placement(String segment, @Nullable Mistake mistake) {}

    /**
     * What may be wrong with how a request names its segment.
     *
     * @param kind for the counters
     * @param words for whoever sent it
     */
    record Mistake(Kind kind, String words) {}

    /** How a request can fail to name a segment. */
    enum Kind {
        /** It has no such parameter. */
        MISSING,
        /** The slot declares no such segment. */
        UNKNOWN
    }

    SegmentParameter(SlotRoutes slot) {
        this.name = slot.segmentAttribute();
        this.segments = slot.segments();
        this.own = OwnParameters.names(name);
        this.missing = other(Kind.MISSING, "parameter '" + name + "' is missing");
    }

    /**
     * The segment of a request.
     *
     * @param written the parameter's value; null if there is none
     * @param parameters all of the request's
     */
    Placement of(@Nullable String written, Map<String, Object> parameters) {
        if (segments.isEmpty()) {
            return new Placement(SlotRoutes.OTHER, null);
        }
        if (written == null) {
            return withoutSegment(parameters);
        }
        if (written.equals(SlotRoutes.OTHER) || segments.contains(written)) {
            return new Placement(written, null);
        }
        Placement known = unknown.get(written);
        if (known != null) {
            return known;
        }
        Placement placement = unknown(written);
        if (unknown.size() < MOST_REMEMBERED) {
            unknown.put(written, placement);
        }
        return placement;
    }

    /** A parameter that neither this router nor another server knows, the first by name; null if there is none. */
    @Nullable
    String stranger(Map<String, Object> parameters) {
        return parameters.keySet().stream()
                .filter(this::isStrange)
                .min(String::compareTo)
                .orElse(null);
    }

    private boolean isStrange(String parameter) {
        return !own.contains(parameter) && !SERVERS.contains(parameter) && !parameter.startsWith(SERVERS_PREFIX);
    }

    private Placement unknown(String written) {
        String meant = Spelling.nearest(written, segments)
                .map(segment -> "; did you mean '" + segment + "'?")
                .orElse("");
        return other(Kind.UNKNOWN, "'" + written + "' in parameter '" + name + "' is no segment of this slot" + meant);
    }

    private Placement withoutSegment(Map<String, Object> parameters) {
        for (String parameter : parameters.keySet()) {
            if (isStrange(parameter)
                    && Spelling.nearest(parameter, List.of(name)).isPresent()) {
                return other(
                        Kind.MISSING, "parameter '" + name + "' is missing; did you mean it by '" + parameter + "'?");
            }
        }
        return missing;
    }

    private static Placement other(Kind kind, String words) {
        return new Placement(
                SlotRoutes.OTHER,
                new Mistake(
                        kind,
                        words + (words.endsWith("?") ? " " : ". ") + "The request counts for segment '"
                                + SlotRoutes.OTHER + "'"));
    }
}
