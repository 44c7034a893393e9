package dev.ringside.metrics.ingest;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes outcomes: a post is answered when the log has all of it. It is a writer of {@code unit-events}: its first record
 * in each partition is a mark, others follow each second and at each step of a replay's clock, and the last says that it
 * has stopped.
 */
public final class OutcomeIntake implements AutoCloseable {
    /** How long the log may take to acknowledge a record; a caller waits as long. */
    public static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

    private final String id;
    private final long boot;
    private final Clock wall;
    private final EventLog log;
    private final ReceiptTimes times;
    private final MarkWriter marks;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final OutcomeNames names = new OutcomeNames();
    private volatile @Nullable Installation installation;
    private volatile boolean stopped;

    private record Installation(OutcomeReader reader, int partitions, long routingVersion) {}

    /**
     * Makes an intake; nothing runs before {@link #start}.
     *
     * @param id of the writer, kept on its disk
     * @param boot which start of it this is
     * @param wall the machine's clock
     * @param stepped whether the time of events is set from outside, {@code ringside.clock = request}
     */
    public OutcomeIntake(String id, long boot, Clock wall, boolean stepped, EventLog log) {
        this(id, boot, wall, stepped, log, MarkWriter.Pace.USUAL);
    }

    OutcomeIntake(String id, long boot, Clock wall, boolean stepped, EventLog log, MarkWriter.Pace pace) {
        this.id = id;
        this.boot = boot;
        this.wall = wall;
        this.log = log;
        this.times = new ReceiptTimes(stepped ? null : wall);
        this.marks = new MarkWriter(log, times, this::mark, pace);
    }

    /** Starts the marks. */
    public void start() {
        marks.start();
    }

    /** Takes the installation's key and partitions from the routing table. */
    public void accept(RoutingTable table) {
        installation = new Installation(
                new OutcomeReader(table.installKey(), times.isStepped()), table.partitions(), table.version());
        marks.partitions(table.partitions());
    }

    /** Takes a step of a replay's clock; ignored while the clock is the wall's. */
    public void accept(ClockTick step) {
        times.accept(step);
        marks.wake();
    }

    /** Whether posts can be taken: the installation is known, and every partition has the first mark. */
    public boolean isReady() {
        return installation != null && marks.isOpen() && !stopped;
    }

    /** Whether the log is known to be away: no post is handed to it meanwhile. */
    boolean isLogAway() {
        return marks.isAway();
    }

    /**
     * Takes one outcome, or an array of them.
     *
     * @param body JSON
     * @return how many; the log has them all
     * @throws dev.ringside.contract.InvalidInput naming index and field if one breaks a rule; none is written
     * @throws Unavailable if it is not ready, the log is known to be away, or it did not acknowledge all within {@link
     *     #DELIVERY_TIMEOUT}
     */
    public int accept(byte[] body) {
        Installation here = installation;
        if (here == null || !isReady()) {
            throw new Unavailable("ingest is not ready: it waits for "
                    + (here == null ? "the routing table" : "the log to take its first marks"));
        }
        if (isLogAway()) {
            throw new Unavailable("the log does not answer; send it again");
        }
        List<OutcomeReader.Draft> drafts;
        Instant opened;
        try {
            drafts = here.reader.read(body);
            if (drafts.isEmpty()) {
                return 0;
            }
            opened = open(drafts);
        } catch (RuntimeException e) {
            refused.incrementAndGet();
            throw e;
        }
        // Either the closing marks wait for this post, which is open now, or it sees here that they do not.
        if (stopped) {
            finished(opened);
            throw new Unavailable("ingest is stopping; send it again");
        }
        await(append(drafts, opened, here.partitions));
        accepted.addAndGet(drafts.size());
        drafts.forEach(draft -> names.count(draft.name()));
        return drafts.size();
    }

    private Instant open(List<OutcomeReader.Draft> drafts) {
        if (times.isStepped()) {
            OutcomeReader.Draft least = drafts.stream()
                    .min(Comparator.comparing(draft -> received(draft, Instant.MAX)))
                    .orElseThrow();
            try {
                return times.open(received(least, Instant.MAX));
            } catch (InvalidInput e) {
                throw least.within(e);
            }
        }
        Instant now = times.open();
        for (OutcomeReader.Draft draft : drafts) {
            try {
                OutcomeReader.requireNotEarly(draft.time(), now);
            } catch (InvalidInput e) {
                times.finished(now);
                throw draft.within(e);
            }
        }
        return now;
    }

    /** Hands outcomes to the log. The post is open until that has answered for each, whether anybody waits or not. */
    private CompletableFuture<Void> append(List<OutcomeReader.Draft> drafts, Instant opened, int partitions) {
        var acknowledgements = new ArrayList<CompletableFuture<Void>>(drafts.size());
        CompletableFuture<Void> answered;
        try {
            for (OutcomeReader.Draft draft : drafts) {
                byte[] key = ByteBuffer.allocate(Long.BYTES)
                        .putLong(draft.unitHash())
                        .array();
                CompletableFuture<Void> acknowledgement = log.append(
                                InstallKey.partition(draft.unitHash(), partitions),
                                key,
                                Json.bytes(outcome(draft, opened)))
                        .toCompletableFuture();
                acknowledgements.add(acknowledgement);
                if (acknowledgement.isCompletedExceptionally()) {
                    // The post has failed, and each further append may block for as long as this one has.
                    break;
                }
            }
        } finally {
            answered = CompletableFuture.allOf(acknowledgements.toArray(CompletableFuture[]::new))
                    .whenComplete((_, _) -> finished(opened));
        }
        return answered;
    }

    private void finished(Instant opened) {
        times.finished(opened);
        if (times.isStepped() && !Objects.equals(times.tick(), marks.marked())) {
            marks.wake();
        }
    }

    private static void await(CompletableFuture<Void> answered) {
        try {
            answered.get(DELIVERY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Unavailable("the log did not take all of it: " + e.getCause() + "; send it again", e);
        } catch (TimeoutException e) {
            throw new Unavailable(
                    "the log did not answer within " + DELIVERY_TIMEOUT.toSeconds() + " s; send it again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("ingest is stopping; send it again", e);
        }
    }

    private static Instant received(OutcomeReader.Draft draft, Instant otherwise) {
        Instant named = draft.receivedAt();
        return named == null ? otherwise : named;
    }

    private Outcome outcome(OutcomeReader.Draft draft, Instant opened) {
        return new Outcome(
                draft.eventId(),
                draft.revision(),
                draft.retraction(),
                draft.unitHash(),
                draft.unit(),
                draft.predictionId(),
                draft.name(),
                draft.valueMicros(),
                draft.time(),
                received(draft, opened),
                id);
    }

    private Mark mark(@Nullable Instant through, boolean closed) {
        return new Mark(id, Mark.Role.INGEST, boot, through, times.isStepped(), closed);
    }

    /** What the intake says of itself, now. */
    public FleetReport report() {
        Installation here = installation;
        var counters = new HashMap<String, Long>(names.counters());
        counters.put("accepted", accepted.get());
        counters.put("refused", refused.get());
        return new FleetReport(
                id,
                "ingest",
                boot,
                wall.instant(),
                here == null ? 0 : here.routingVersion,
                times.isStepped() ? marks.marked() : null,
                List.of(),
                null,
                List.of(),
                counters,
                stopped);
    }

    /** Writes the closing marks. Nothing may post any more. */
    @Override
    public void close() {
        stopped = true;
        marks.close();
    }
}
