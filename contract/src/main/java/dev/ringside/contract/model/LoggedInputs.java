package dev.ringside.contract.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which requests of a platform's own log are looked at: what a slot was asked in a period, whatever came of it.
 *
 * @param slot whose predictions
 * @param last how long before the slot's last prediction the period begins, which that one ends; null where it is said by
 *     its ends
 * @param from the earliest prediction; null where it is told by {@code last}
 * @param to the end of the period, not included; null where {@code from} is
 * @param offsets by partition the offset after the last record that is read; null for all that there are
 */
public record LoggedInputs(
        String slot,
        @Nullable Duration last,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Map<Integer, Long> offsets) {
    private static final Duration LAST = Duration.ofDays(14);

    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("slot", "last", "from", "to", "offsets", LoggedRows.DATA_FOLDER));

    /** Checks name and times, copies the offsets in the order of partitions. */
    public LoggedInputs {
        Names.check("slot", slot);
        InvalidInput.require(
                last == null ? from != null && to != null : from == null && to == null,
                "last",
                "expected either last, or from and to");
        InvalidInput.require(last == null || last.isPositive(), "last", "expected more than 0 s, found " + last);
        InvalidInput.require(
                from == null || to == null || from.isBefore(to),
                "to",
                "expected a time after from " + from + ", found " + to);
        offsets = offsets == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** The same, read up to there. */
    public LoggedInputs at(@Nullable Map<Integer, Long> ends) {
        return new LoggedInputs(slot, last, from, to, ends);
    }

    /** Whether what was read for another question answers this one too, which need not say how far to read. */
    public boolean isAnsweredBy(LoggedInputs read) {
        return read.at(offsets == null ? null : read.offsets).equals(this);
    }

    /**
     * Reads what a training's document says.
     *
     * @throws InvalidInput with every problem
     */
    public static LoggedInputs read(JsonNode log) {
        var fields = new LogFields(log, FIELDS);
        String slot = fields.required("slot", "the slot whose requests are looked at", text -> Names.check("", text));
        boolean ends = log.hasNonNull("from") || log.hasNonNull("to");
        Duration last = null;
        Instant from = null;
        Instant to = null;
        if (ends) {
            from = fields.required("from", "a day such as 2001-04-01", LogFields::time);
            to = fields.required("to", "the day after the last, such as 2001-06-01", LogFields::time);
            if (log.hasNonNull("last")) {
                fields.problem("last", "expected none beside from and to");
            }
        } else {
            last = fields.optional("last", LAST, DurationText::parse);
        }
        Map<Integer, Long> offsets = fields.offsets();
        fields.finish();
        if (slot == null) {
            throw new IllegalStateException("a required field without a value is a problem");
        }
        return new LoggedInputs(slot, last, from, to, offsets);
    }
}
