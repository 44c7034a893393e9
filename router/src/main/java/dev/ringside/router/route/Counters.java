package dev.ringside.router.route;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts since the router's start, and what units were answered, by arm. Their names are given at {@link #counts}. */
public final class Counters {
    /** Answered for a unit. */
    final LongAdder predictions = new LongAdder();
    /** Of these, units in an experiment. */
    final LongAdder enrolled = new LongAdder();
    /** Answered, but the spool took none. */
    final LongAdder notLogged = new LongAdder();
    /** Logged without inputs and outputs, as they are too long for an event. */
    final LongAdder oversized = new LongAdder();
    /** Answered without a unit. */
    final LongAdder withoutUnit = new LongAdder();
    /** Answered with an earlier answer. */
    final LongAdder repeatedRequests = new LongAdder();
    /** No version could answer. */
    final LongAdder failed = new LongAdder();
    /** Forced to the champion by an operator. */
    final LongAdder breakGlass = new LongAdder();
    /** Not enrolled because the spool was full. */
    final LongAdder spoolFull = new LongAdder();
    /** The champion answered in another version's place. */
    final LongAdder fellBack = new LongAdder();
    /** The slot has segments and the request named none. */
    final LongAdder segmentMissing = new LongAdder();
    /** The slot has segments and the request named another. */
    final LongAdder segmentUnknown = new LongAdder();

    private final ConcurrentHashMap<Arm, ArmCount> fallbacks = new ConcurrentHashMap<>();
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

    private static final class ArmCount {
        private final LongAdder total = new LongAdder();
        private volatile String lastFailure = "";
    }

    /** All counts by name. */
    public Map<String, Long> counts() {
        var all = new TreeMap<String, Long>();
        all.put("predictions", predictions.sum());
        all.put("enrolled", enrolled.sum());
        all.put("not_logged", notLogged.sum());
        all.put("oversized", oversized.sum());
        all.put("without_unit", withoutUnit.sum());
        all.put("repeated_requests", repeatedRequests.sum());
        all.put("failed", failed.sum());
        all.put("break_glass", breakGlass.sum());
        all.put("spool_full", spoolFull.sum());
        all.put("fallbacks", fellBack.sum());
        all.put("segment_missing", segmentMissing.sum());
        all.put("segment_unknown", segmentUnknown.sum());
        return all;
    }

    /** The fallbacks by assigned arm. */
    public List<Fallbacks> fallbacks() {
        return fallbacks.entrySet().stream()
                .map(entry -> {
                    Arm arm = entry.getKey();
                    ArmCount count = entry.getValue();
                    return new Fallbacks(
                            arm.slot,
                            arm.segment,
                            arm.experiment,
                            arm.variant,
                            arm.version,
                            arm.reason,
                            count.total.sum(),
                            count.lastFailure);
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

    void addMistake(SegmentParameter.Kind mistake) {
        switch (mistake) {
            case MISSING -> segmentMissing.increment();
            case UNKNOWN -> segmentUnknown.increment();
        }
    }

    void addFallback(SlotRouting slot, String segment, Choice choice, Calls.Answer answer) {
        Calls.Fallback fallback = answer.fallback();
        if (fallback != null) {
            fellBack.increment();
            var arm = new Arm(
                    slot.name(), segment, choice.experiment(), choice.variant(), choice.version(), fallback.reason());
            ArmCount count = fallbacks.computeIfAbsent(arm, a -> new ArmCount());
            count.total.increment();
            count.lastFailure = fallback.failure();
        }
    }
}
