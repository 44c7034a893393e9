package dev.ringside.assignment;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.routing.RoutingRow;
import dev.ringside.contract.routing.SlotRoutes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a slot's units their arms. A pure function of the routing table and the unit's name: every router gives the same
 * answer, also after a restart. Immutable.
 */
public final class Assigner {
    private static final Assignment NO_ROW = new Assignment.NoRow();

    private final Set<String> segments;
    private final Map<String, Enrolment> enrolments;
    private final Map<String, Assignment.Overridden> overrides;

    /**
     * Prepares a slot's part of the routing table.
     *
     * @throws dev.ringside.contract.InvalidInput if two rows claim the units of one segment
     */
    public Assigner(SlotRoutes slot) {
        var rows = new HashMap<String, Enrolment>();
        UnitHash coverage = UnitHash.coverage(slot.layerSalt());
        for (RoutingRow row : slot.rows()) {
            Enrolment before = rows.put(row.segment(), new Enrolment(row, coverage));
            require(
                    before == null,
                    "rows",
                    "expected one row a segment in slot '" + slot.name() + "', found two in '" + row.segment() + "'");
        }
        this.segments = Set.copyOf(slot.segments());
        this.enrolments = Map.copyOf(rows);
        this.overrides = slot.overrides().stream()
                .collect(Collectors.toUnmodifiableMap(
                        SlotRoutes.UnitOverride::unit,
                        override -> new Assignment.Overridden(override.version()),
                        (earlier, later) -> later));
    }

    /** The segment of a request: what it names, if the slot declares that; else {@link SlotRoutes#OTHER}. */
    public String segment(@Nullable String attribute) {
        return attribute != null && segments.contains(attribute) ? attribute : SlotRoutes.OTHER;
    }

    /**
     * What a unit gets.
     *
     * @param unit the unit, as the client names it
     * @param segment the segment, from {@link #segment}
     */
    public Assignment assign(String unit, String segment) {
        Assignment.Overridden override = overrides.get(unit);
        if (override != null) {
            return override;
        }
        Enrolment enrolment = enrolments.get(segment);
        return enrolment == null ? NO_ROW : enrolment.assign(unit);
    }
}
