package dev.ringside.serving.batching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait, in groups of those that may be run together, each by urgency. Owned by whoever holds the
 * batcher's lock.
 */
final class BatchQueue {
    private final int maxRows;
    private final boolean joins;
    private final Map<Compatibility, TreeSet<Ticket>> groups = new HashMap<>();
    private final LinkedHashSet<Ticket> arrivals = new LinkedHashSet<>();

    /**
     * @param maxRows the most rows of a batch
     * @param joins whether requests may be joined at all
     */
    BatchQueue(int maxRows, boolean joins) {
        this.maxRows = maxRows;
        this.joins = joins && maxRows > 1;
    }

    int size() {
        return arrivals.size();
    }

    boolean isEmpty() {
        return arrivals.isEmpty();
    }

    void add(Ticket ticket) {
        arrivals.add(ticket);
        groups.computeIfAbsent(ticket.compatibility(), _ -> new TreeSet<>(Ticket.URGENCY))
                .add(ticket);
    }

    /** Takes one out; false if it did not wait. */
    boolean remove(Ticket ticket) {
        if (!arrivals.remove(ticket)) {
            return false;
        }
        TreeSet<Ticket> group = Objects.requireNonNull(groups.get(ticket.compatibility()));
        group.remove(ticket);
        if (group.isEmpty()) {
            groups.remove(ticket.compatibility());
        }
        return true;
    }

    /** What came first; the queue is not empty. */
    Ticket oldest() {
        return arrivals.getFirst();
    }

    /** Whether nothing that comes could join the next batch. */
    boolean isFull() {
        return !joins || rows(next()) >= maxRows;
    }

    private static long rows(List<Ticket> batch) {
        return batch.stream().mapToLong(Ticket::rows).sum();
    }

    /** Takes the next batch out: the most urgent request, and those after it that may be run with it and find room. */
    List<Ticket> take() {
        List<Ticket> batch = next();
        batch.forEach(this::remove);
        return batch;
    }

    private List<Ticket> next() {
        SortedSet<Ticket> group = mostUrgent();
        var batch = new ArrayList<Ticket>();
        long rows = 0;
        for (Ticket ticket : group) {
            // A model may fail on no rows at all; whoever sends none is answered by himself.
            boolean fits =
                    batch.isEmpty() || (joins && rows > 0 && ticket.rows() > 0 && rows + ticket.rows() <= maxRows);
            if (!fits) {
                break;
            }
            batch.add(ticket);
            rows += ticket.rows();
        }
        return batch;
    }

    private SortedSet<Ticket> mostUrgent() {
        @Nullable SortedSet<Ticket> best = null;
        for (SortedSet<Ticket> group : groups.values()) {
            if (best == null || Ticket.URGENCY.compare(group.first(), best.first()) < 0) {
                best = group;
            }
        }
        return Objects.requireNonNull(best, "nothing waits");
    }
}
