package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.InstallKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event must be to be taken in. The writers keep to it; whoever else gets at the topic may not, and what a parser
 * leaves out of a record is null, whatever the record's type says.
 */
final class EventRules {
    private final int partition;
    private final int partitions;

    EventRules(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
    }

    /** The first rule that the event breaks, or null. */
    @Nullable
    String broken(UnitEvent event) {
        return switch (event) {
            case Prediction prediction -> broken(prediction);
            case Outcome outcome -> broken(outcome);
            case Mark mark -> broken(mark);
        };
    }

    private @Nullable String broken(Prediction p) {
        var required = new LinkedHashMap<String, @Nullable Object>();
        required.put("prediction_id", p.predictionId());
        required.put("unit", p.unit());
        required.put("time", p.time());
        required.put("slot", p.slot());
        required.put("segment", p.segment());
        required.put("assigned_version", p.assignedVersion());
        required.put("served_version", p.servedVersion());
        required.put("router", p.router());
        if (p.experiment() != null) {
            required.put("epoch", p.epoch());
            required.put("variant", p.variant());
        }
        String missing = missing(required);
        if (missing != null) {
            return missing;
        }
        return first(misplaced(p.unitHash()), outOfRange("time", p.time()));
    }

    private @Nullable String broken(Outcome o) {
        var required = new LinkedHashMap<String, @Nullable Object>();
        required.put("event_id", o.eventId());
        required.put("name", o.name());
        required.put("time", o.time());
        required.put("received_at", o.receivedAt());
        required.put("ingest", o.ingest());
        String missing = missing(required);
        if (missing != null) {
            return missing;
        }
        return first(
                misplaced(o.unitHash()),
                outOfRange("time", o.time()),
                outOfRange("received_at", o.receivedAt()),
                o.time().isAfter(o.receivedAt().plusSeconds(5))
                        ? "'time': expected at most 5 s after received_at " + o.receivedAt() + ", found " + o.time()
                        : null);
    }

    private static @Nullable String broken(Mark m) {
        var required = new LinkedHashMap<String, @Nullable Object>();
        required.put("writer", m.writer());
        required.put("role", m.role());
        return first(missing(required), m.through() == null ? null : outOfRange("through", m.through()));
    }

    private static @Nullable String missing(Map<String, @Nullable Object> required) {
        for (Map.Entry<String, @Nullable Object> field : required.entrySet()) {
            if (field.getValue() == null) {
                return "'" + field.getKey() + "': missing";
            }
        }
        return null;
    }

    private @Nullable String misplaced(long unitHash) {
        int home = InstallKey.partition(unitHash, partitions);
        return home == partition
                ? null
                : "it belongs to partition " + home + " of " + partitions + " and stands in " + partition;
    }

    private static @Nullable String outOfRange(String field, Instant time) {
        return Nanos.inRange(time) ? null : "'" + field + "': expected a time from 1900 to 2099, found " + time;
    }

    private static @Nullable String first(@Nullable String... rules) {
        for (String rule : rules) {
            if (rule != null) {
                return rule;
            }
        }
        return null;
    }
}
