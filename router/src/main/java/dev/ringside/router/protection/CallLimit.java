package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Bounds how many calls to one target are under way, so that a challenger that answers slowly cannot take the champion's
 * threads. Calls run on the caller's thread, and end by themselves at their deadline.
 */
public final class CallLimit {
    private final int places;
    /** Calls under way by target; a target without any is not there, so that clients cannot fill it with names. */
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /** @param places how many calls to one target may be under way */
    public CallLimit(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("places is " + places + ", expected 1 or more");
        }
        this.places = places;
    }

    /**
     * Calls.
     *
     * @param target what is called, in words; its calls share their places
     * @throws InferenceFailure {@code UNAVAILABLE} if all places are taken, {@code FAILED} for anything unforeseen; other
     *     failures of the protocol and complaints about the input pass as they are
     */
    public <T> T call(String target, Supplier<T> work) {
        if (underWay.merge(target, 1, Integer::sum) > places) {
            leave(target);
            throw new InferenceFailure(
                    Cause.UNAVAILABLE, target + " has " + places + " calls under way, which is the bound; try again");
        }
        try {
            return work.get();
        } catch (InferenceFailure | InvalidInput e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new InferenceFailure(Cause.FAILED, target + " failed: " + e, e);
        } finally {
            leave(target);
        }
    }

    private void leave(String target) {
        underWay.computeIfPresent(target, (t, calls) -> calls == 1 ? null : calls - 1);
    }

    /** How many targets have calls under way. */
    int targets() {
        return underWay.size();
    }
}
