package dev.ringside.router.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts since the router's start: {@code predictions} (answered for a unit), {@code enrolled}, {@code not_logged}
 * (answered, but the spool took none), {@code without_unit}, {@code repeated_requests}, {@code failed} (no version could
 * answer), {@code break_glass}, {@code spool_full}, {@code fallbacks}, the last by assigned arm too; and what units were
 * answered, by arm.
 */
public final class Counters {
    private static final String FALLBACKS = "fallbacks";

    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Arm, Tally> fallbacks = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Answered, LongAdder> answers = new ConcurrentHashMap<>();

    /** What a unit's request came to. */
    public enum Result {
        /** The chosen version answered. */
        SERVED,
        /** The champion answered in its place. */
        FELL_BACK,
        /** No version answered. */
        FAILED
    }

    /**
     * What was answered to units, and why.
     *
     * @param slot the slot
     * @param segment the segment, one of those that the slot declares
     * @param experiment the experiment; null outside one
     * @param variant the arm; null outside an experiment
     * @param result what came of it
     * @param reason why the champion answered in its place ({@code deadline}, {@code failed}, {@code not_ready}, {@code refused}), else why
     *     the unit is in no experiment ({@code no_row}, {@code not_covered}, {@code override}, {@code break_glass}, {@code
     *     spool_full}); null for the arm's own answer
     */
    public record Answered(
            String slot,
            String segment,
            @Nullable String experiment,
            @Nullable String variant,
            Result result,
            @Nullable String reason) {}

    /**
     * Answers that the champion gave in another version's place.
     *
     * @param slot the slot
     * @param segment the segment
     * @param experiment the experiment; null for an override
     * @param variant the arm that was assigned; null for an override
     * @param version the version that did not answer
     * @param reason {@code deadline}, {@code failed}, {@code not_ready} or {@code refused}
     * @param count how many
     * @param lastFailure what the last one said
     */
    public record Fallbacks(
            String slot,
            String segment,
            @Nullable String experiment,
            @Nullable String variant,
            String version,
            String reason,
            long count,
            String lastFailure) {}

    private record Arm(
            String slot,
            String segment,
            @Nullable String experiment,
            @Nullable String variant,
            String version,
            String reason) {}

    private static final class Tally {
        private final LongAdder count = new LongAdder();
        private volatile String lastFailure = "";
    }

    /** All counts by name. */
    public Map<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        all.put(FALLBACKS, 0L);
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }

    /** The fallbacks by assigned arm. */
    public List<Fallbacks> fallbacks() {
        return fallbacks.entrySet().stream()
                .map(entry -> {
                    Arm arm = entry.getKey();
                    Tally tally = entry.getValue();
                    return new Fallbacks(
                            arm.slot,
                            arm.segment,
                            arm.experiment,
                            arm.variant,
                            arm.version,
                            arm.reason,
                            tally.count.sum(),
                            tally.lastFailure);
                })
                .sorted(Comparator.comparing(Fallbacks::slot)
                        .thenComparing(Fallbacks::segment)
                        .thenComparing(Fallbacks::version)
                        .thenComparing(Fallbacks::reason))
                .toList();
    }

    /** The answers to units, each with its count, which goes on counting. */
    public Map<Answered, LongAdder> answers() {
        return Map.copyOf(answers);
    }

    void addAnswer(SlotRouting slot, String segment, Choice choice, Result result, @Nullable String reason) {
        answers.computeIfAbsent(
                        new Answered(slot.name(), segment, choice.experiment(), choice.variant(), result, reason),
                        a -> new LongAdder())
                .increment();
    }

    void add(String name) {
        counts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    void addFallback(SlotRouting slot, String segment, Choice choice, Calls.Answer answer) {
        Calls.Fallback fallback = answer.fallback();
        if (fallback != null) {
            add(FALLBACKS);
            var arm = new Arm(
                    slot.name(), segment, choice.experiment(), choice.variant(), choice.version(), fallback.reason());
            Tally tally = fallbacks.computeIfAbsent(arm, a -> new Tally());
            tally.count.increment();
            tally.lastFailure = fallback.failure();
        }
    }
}
