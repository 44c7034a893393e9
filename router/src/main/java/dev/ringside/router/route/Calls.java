package dev.ringside.router.route;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.cache.AnswerCache;
import dev.ringside.router.protection.CallLimit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of versions, each within the slot's deadline, and the champion's answer where another version does not give one.
 * The champion then has the deadline once more, so an answer takes twice the deadline at most.
 */
final class Calls {
    private final Predictor predictor;
    private final CallLimit limit;
    private final AnswerCache cache;
    private final LongSupplier ticker;

    /**
     * An answer.
     *
     * @param response the version's response
     * @param version the version that gave it
     * @param fallback why it is not the one that was chosen; null if it is
     * @param cached whether it was kept from an earlier request
     */
    record Answer(
            InferenceResponse response,
            String version,
            @Nullable Fallback fallback,
            boolean cached) {
        static Answer of(AnswerCache.Answer answer, String version, @Nullable Fallback fallback) {
            return new Answer(answer.response(), version, fallback, answer.cached());
        }
    }

    /**
     * Why a version did not answer.
     *
     * @param reason {@code deadline}, {@code failed}, {@code not_ready} or {@code refused}
     * @param failure what it said
     */
    record Fallback(String reason, String failure) {}

    /** @param ticker nanoseconds of a clock that only goes forward */
    Calls(Predictor predictor, CallLimit limit, AnswerCache cache, LongSupplier ticker) {
        this.predictor = predictor;
        this.limit = limit;
        this.cache = cache;
        this.ticker = ticker;
    }

    /** The answer of a version, and of nothing else. */
    Answer call(SlotRouting slot, String version, InferenceRequest request) {
        return Answer.of(asked(slot, version, request), version, null);
    }

    private AnswerCache.Answer asked(SlotRouting slot, String version, InferenceRequest request) {
        var forwarded = new InferenceRequest(
                request.id(), request.parameters(), slot.inputs(request, version), request.outputs());
        var call = Call.of(forwarded, Deadline.in(slot.deadline(), ticker));
        return cache.answer(
                slot.cached(version),
                call,
                () -> limit.call(slot.target(version), () -> predictor.predict(slot.name(), version, call)));
    }

    /**
     * Lets a version answer, or the segment's champion in its place, whatever the version's failure. Whether a request is
     * itself at fault is for the champion to say: a version that refuses what the champion answers would take its units
     * out of its arm, and the arms would no longer be comparable.
     */
    Answer answer(SlotRouting slot, String segment, String version, InferenceRequest request) {
        try {
            return call(slot, version, request);
        } catch (InferenceFailure failure) {
            String champion = slot.champion(segment);
            if (champion == null || champion.equals(version)) {
                throw failure;
            }
            try {
                return Answer.of(
                        asked(slot, champion, request),
                        champion,
                        new Fallback(reason(failure.why()), String.valueOf(failure.getMessage())));
            } catch (InferenceFailure second) {
                second.addSuppressed(failure);
                throw second;
            }
        }
    }

    private static String reason(InferenceFailure.Cause cause) {
        return switch (cause) {
            case MALFORMED, TOO_LARGE, UNSUPPORTED -> "refused";
            case UNKNOWN_MODEL, UNAVAILABLE, LIMITED -> "not_ready";
            case DEADLINE -> "deadline";
            case FAILED -> "failed";
        };
    }
}
