package dev.ringside.contract.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Combine;
import dev.ringside.contract.kpi.KpiDefinition.Missing;
import dev.ringside.contract.kpi.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are made of a platform's own log: a slot's units by their first prediction in a period, each with what became
 * of it by the rules of a KPI.
 *
 * @param slot whose predictions
 * @param from of the first prediction at the earliest
 * @param to of the first prediction, not included
 * @param outcome the name of the outcomes that are joined, and of the column
 * @param combine how a unit's outcomes become one value
 * @param missing what a unit without outcomes is: zero, or no row
 * @param window how long after its first prediction an outcome's time may lie
 * @param grace how much later than that it may still be received
 * @param experiments whether units that were in an experiment, or held back, are rows too
 * @param offsets by partition the offset after the last record that is read; null for all that there are
 */
public record LoggedRows(
        String slot,
        Instant from,
        Instant to,
        String outcome,
        Combine combine,
        Missing missing,
        Duration window,
        Duration grace,
        boolean experiments,
        @Nullable Map<Integer, Long> offsets) {
    /** The key of a document's question that says where the platform's data folder is, which is no part of the rows. */
    public static final String DATA_FOLDER = "data_dir";

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "slot",
            "from",
            "to",
            "outcome",
            "combine",
            "missing",
            "within",
            "grace",
            "include",
            "offsets",
            DATA_FOLDER));

    /** Checks names and times, copies the offsets in the order of partitions. */
    public LoggedRows {
        Names.check("slot", slot);
        InvalidInput.require(from.isBefore(to), "to", "expected a time after from " + from + ", found " + to);
        offsets = offsets == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        kpi(outcome, combine, missing, window, grace);
    }

    /** The rules by which outcomes are joined. */
    public KpiDefinition kpi() {
        return kpi(outcome, combine, missing, window, grace);
    }

    private static KpiDefinition kpi(
            String outcome, Combine combine, Missing missing, Duration window, Duration grace) {
        return new KpiDefinition(
                outcome,
                KpiDefinition.Kind.MEAN,
                outcome,
                combine,
                missing,
                window,
                grace,
                KpiDefinition.Direction.UP,
                KpiDefinition.Role.MONITOR,
                null,
                0.8,
                null,
                null,
                null);
    }

    /** The same, read up to there. */
    public LoggedRows at(@Nullable Map<Integer, Long> ends) {
        return new LoggedRows(slot, from, to, outcome, combine, missing, window, grace, experiments, ends);
    }

    /** Whether what was read for another question answers this one too, which need not say how far to read. */
    public boolean isAnsweredBy(LoggedRows read) {
        return read.at(offsets == null ? null : read.offsets).equals(this);
    }

    /** Whether the {@code data} of a training's document speaks of a log, and not of files. */
    public static boolean isAskedFor(JsonNode data) {
        return data.isObject()
                && data.has("slot")
                && (data.has("from") || data.has("to") || data.has("outcome") || data.has("within"));
    }

    /**
     * Reads the {@code data} of a training's document.
     *
     * @throws InvalidInput with every problem
     */
    public static LoggedRows read(JsonNode data) {
        var fields = new LogFields(data, FIELDS);
        String slot = fields.required("slot", "the slot whose predictions are the rows", text -> Names.check("", text));
        Instant from = fields.required("from", "a day such as 2001-04-01", LogFields::time);
        Instant to = fields.required("to", "the day after the last, such as 2001-06-01", LogFields::time);
        String outcome = fields.required("outcome", "the name of the outcomes", text -> Names.check("", text));
        Duration within =
                fields.required("within", "how long after it outcomes count, such as 36h", DurationText::parse);
        Combine combine = fields.optional("combine", Combine.LAST, text -> choice(Combine.class, text));
        Missing missing = fields.optional("missing", Missing.EXCLUDE, text -> choice(Missing.class, text));
        Duration grace = fields.optional("grace", Duration.ofHours(1), DurationText::parse);
        boolean experiments = fields.optional("include", false, LoggedRows::include);
        Map<Integer, Long> offsets = fields.offsets();
        fields.finish();
        if (slot == null || from == null || to == null || outcome == null || within == null) {
            throw new IllegalStateException("a required field without a value is a problem");
        }
        return new LoggedRows(slot, from, to, outcome, combine, missing, within, grace, experiments, offsets);
    }

    private static boolean include(String text) {
        InvalidInput.require(
                text.equals("experiments"), "", "expected experiments, or nothing, found \"" + text + "\"");
        return true;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        throw new InvalidInput("", "expected " + String.join(" or ", words) + ", found \"" + text + "\"");
    }
}
