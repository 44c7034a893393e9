package dev.ringside.contract.inference;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to a model: from a router to the server, and there to the threads that run it. Over the network
 * deadline and priority are the protocol's parameters {@value #TIMEOUT} and {@value #PRIORITY}.
 *
 * @param request what is asked
 * @param deadline until when an answer is of use
 * @param priority what goes first where requests wait: 1 before 2 and so on, 0 for none, after all others
 * @param trace follows it through this process; null where nobody traces it
 */
public record Call(
        InferenceRequest request,
        Deadline deadline,
        int priority,
        @Nullable CallTrace trace) {
    /** The parameter that says how many microseconds the client waits. */
    public static final String TIMEOUT = "timeout";

    /** The parameter that says what goes first. */
    public static final String PRIORITY = "priority";

    /** The longest that anybody waits. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Checks the priority. */
    public Call {
        if (priority < 0) {
            throw new IllegalArgumentException("priority is " + priority + ", expected 0 or more");
        }
    }

    /**
     * The call of a request. Its own timeout counts if it is sooner.
     *
     * @param latest until when whoever calls waits
     */
    public static Call of(InferenceRequest request, Deadline latest) {
        long micros = number(request, TIMEOUT, LONGEST.toNanos() / 1000);
        return new Call(
                request,
                micros == 0 ? latest : latest.orIn(Duration.of(micros, ChronoUnit.MICROS)),
                (int) number(request, PRIORITY, Integer.MAX_VALUE),
                null);
    }

    /** The same call, followed. */
    public Call traced(@Nullable CallTrace follower) {
        return follower == null ? this : new Call(request, deadline, priority, follower);
    }

    /** A request whose caller waits no longer than that; its own timeout counts if it is sooner. */
    public static InferenceRequest within(Duration patience, InferenceRequest request) {
        long micros = Math.clamp(patience.toNanos() / 1000, 1, LONGEST.toNanos() / 1000);
        long own = number(request, TIMEOUT, Long.MAX_VALUE);
        if (own > 0 && own <= micros) {
            return request;
        }
        var parameters = new HashMap<>(request.parameters());
        parameters.put(TIMEOUT, micros);
        return new InferenceRequest(request.id(), parameters, request.inputs(), request.outputs());
    }

    /** A parameter's whole number between 0 and a bound; anything else is left to whoever understands it. */
    private static long number(InferenceRequest request, String name, long most) {
        return request.parameters().get(name) instanceof Long value && value > 0 ? Math.min(value, most) : 0;
    }

    /** The request as it goes over the network: with the time that is left. */
    public InferenceRequest forwarded() {
        var parameters = new HashMap<>(request.parameters());
        parameters.put(TIMEOUT, Math.max(1, deadline.nanosLeft() / 1000));
        return new InferenceRequest(request.id(), parameters, request.inputs(), request.outputs());
    }

    /** What a call that was not answered in time is answered. */
    public static InferenceFailure late(String target, Throwable cause) {
        return new InferenceFailure(
                InferenceFailure.Cause.DEADLINE, target + " did not answer before the deadline", cause);
    }
}
