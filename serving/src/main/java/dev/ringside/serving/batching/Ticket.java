package dev.ringside.serving.batching;

import dev.ringside.contract.inference.CallTrace;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request that was taken, and its answer: the outputs in the order in which they were asked for, or why there are none:
 * an {@link InferenceFailure} with {@code DEADLINE}, or whatever the model failed with. It is answered once, by its deadline at the latest. To cancel it takes it
 * from the queue; a run that has begun goes on for nobody.
 */
public final class Ticket extends CompletableFuture<List<Tensor>> {
    /** How much longer a request must have waited to go before one that is one level more urgent. */
    static final long AGEING_NANOS = 100_000_000;

    /** What goes first. Times are compared by their difference, as clocks of nanoseconds may begin anywhere. */
    static final Comparator<Ticket> URGENCY =
            (a, b) -> a.turn == b.turn ? Long.compare(a.sequence, b.sequence) : Long.compare(a.turn - b.turn, 0);

    /** What is late first. */
    static final Comparator<Ticket> DEADLINE = (a, b) ->
            a.deadline == b.deadline ? Long.compare(a.sequence, b.sequence) : Long.compare(a.deadline - b.deadline, 0);

    private static final long LONGEST = 1L << 60;

    private final Batcher batcher;
    private final BatchRequest request;
    private final Compatibility compatibility;
    private final long rows;
    private final long sequence;
    private final int ahead;
    private final long arrival;
    private final long turn;
    private final long deadline;

    /**
     * @param level of its priority, from 1
     * @param sequence counts the requests of a batcher
     * @param ahead how many waited when it came
     * @param arrival now, by the batcher's clock
     */
    Ticket(Batcher batcher, BatchRequest request, int level, long sequence, int ahead, long arrival) {
        this.batcher = batcher;
        this.request = request;
        this.compatibility = Compatibility.of(request);
        this.rows = request.rows();
        this.sequence = sequence;
        this.ahead = ahead;
        this.arrival = arrival;
        this.turn = arrival + (level - 1) * AGEING_NANOS;
        this.deadline = arrival + Math.min(request.deadline().nanosLeft(), LONGEST);
    }

    BatchRequest request() {
        return request;
    }

    Compatibility compatibility() {
        return compatibility;
    }

    long rows() {
        return rows;
    }

    /** How many waited when it came. */
    int ahead() {
        return ahead;
    }

    /** When it came, by the batcher's clock. */
    long arrival() {
        return arrival;
    }

    /** Until when an answer is of use, by the batcher's clock. */
    long deadline() {
        return deadline;
    }

    boolean isLate(long now) {
        return deadline - now <= 0;
    }

    /** Tells whoever counts and traces it that it waits no more. */
    void left(long now, boolean begun) {
        request.meter().waited(begun, now - arrival);
        CallTrace trace = request.trace();
        if (trace != null) {
            trace.waited(arrival, now, begun);
        }
    }

    /** Answers that it was too late. */
    void late() {
        completeExceptionally(new InferenceFailure(InferenceFailure.Cause.DEADLINE, "no answer before the deadline"));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            batcher.withdraw(this);
        }
        return cancelled;
    }
}
