package dev.ringside.experiments.slot;

import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.experiments.document.Fields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what {@code slot.yaml} says under {@code limits} and {@code cache}. */
final class SlotTraffic {
    private static final Duration LONGEST_TTL = Duration.ofDays(7);

    private SlotTraffic() {}

    /** How many requests the slot takes; problems are added to the document's others. */
    static @Nullable RequestLimit limits(Fields fields, Duration deadline) {
        fields.require(
                fields.has("requests_per_second"),
                "requests_per_second",
                "missing: expected how many requests a second are taken, such as 100");
        int rate = bounded(fields, "requests_per_second", 1);
        int burst = bounded(fields, "burst", Math.clamp(rate, 1, RequestLimit.MOST));
        RequestLimit.By by = fields.choice("by", RequestLimit.By.class, RequestLimit.By.SLOT);
        Duration budget = budget(fields, RequestLimit.BUDGET, deadline);
        return isTaken(rate) && isTaken(burst) ? new RequestLimit(rate, burst, by, budget) : null;
    }

    private static int bounded(Fields fields, String field, int absent) {
        int value = fields.number(field, absent);
        fields.require(
                isTaken(value), field, "expected a whole number from 1 to " + RequestLimit.MOST + ", found " + value);
        return value;
    }

    private static boolean isTaken(int value) {
        return value >= 1 && value <= RequestLimit.MOST;
    }

    /** Whether answers are given again; problems are added to the document's others. */
    static AnswerReuse cache(Fields fields, Duration deadline) {
        fields.require(
                fields.has("ttl"), "ttl", "missing: expected how long an answer may be given again, such as 60s");
        Duration ttl = fields.duration("ttl", Duration.ofSeconds(1));
        fields.require(
                ttl.compareTo(LONGEST_TTL) <= 0,
                "ttl",
                "expected at most " + DurationText.format(LONGEST_TTL) + ", found " + DurationText.format(ttl));
        return new AnswerReuse(ttl, budget(fields, AnswerReuse.BUDGET, deadline));
    }

    private static Duration budget(Fields fields, Duration absent, Duration deadline) {
        Duration budget = fields.duration("budget", absent);
        boolean fits = budget.compareTo(deadline) <= 0;
        fields.require(
                fits || !fields.has("budget"),
                "budget",
                "expected at most the slot's deadline " + DurationText.format(deadline) + ", found "
                        + DurationText.format(budget));
        return fits ? budget : deadline;
    }
}
