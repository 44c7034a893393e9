package dev.ringside.router.protection;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.routing.FleetReport.BreakGlassChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a person has forced to the champion at this router, without Kafka or PostgreSQL: by a file that is looked at
 * each second, or through the admin endpoint, which writes the same file. So it outlives a restart. A file that cannot
 * be understood changes nothing and is reported.
 */
public final class BreakGlass implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BreakGlass.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final BreakGlassFile file;
    private final Path path;
    private final BreakGlassJournal journal;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile List<Forced> forced;
    private volatile @Nullable String problem;

    /**
     * Reads the file once; {@link #start} goes on doing so.
     *
     * @param journal knows what was in effect when the router last ran
     */
    public BreakGlass(Path file, BreakGlassJournal journal) {
        this.file = new BreakGlassFile(file);
        this.path = file;
        this.journal = journal;
        this.forced = journal.forced();
        this.thread = Thread.ofPlatform().daemon().name("ringside-break-glass").unstarted(this::watch);
        poll();
    }

    /** Starts to look at the file each second. */
    public void start() {
        thread.start();
    }

    /** Whether the units of a segment get the champion, and no experiment. */
    public boolean forces(String slot, String segment) {
        for (Forced place : forced) {
            if (matches(place.slot(), slot) && matches(place.segment(), segment)) {
                return true;
            }
        }
        return false;
    }

    /** All that is forced. */
    public List<Forced> forced() {
        return forced;
    }

    /** How that came about: the last changes, the oldest first. */
    public List<BreakGlassChange> changes() {
        return journal.changes();
    }

    /** Why the file does not say what is in effect; null if it does. */
    public @Nullable String problem() {
        return problem;
    }

    /** The file. */
    public Path file() {
        return path;
    }

    /** Forces a place to the champion, at once; if it was forced before, for a new reason. */
    public void force(Forced place) {
        change(place, List.of(place));
    }

    /**
     * Lets go of a place; one that was not forced is left alone.
     *
     * @param place with who lets go and why
     */
    public void release(Forced place) {
        change(place, List.of());
    }

    /** Takes in what the file says now. */
    void poll() {
        lock.lock();
        try {
            List<Forced> changed = file.changed();
            if (changed != null) {
                apply(changed, List.of());
                problem = null;
            }
        } catch (InvalidInput e) {
            report(path + " cannot be understood, what it said before stays in effect: " + e.getMessage());
        } catch (IOException e) {
            report(path + " cannot be read, what it said before stays in effect: " + e);
        } finally {
            lock.unlock();
        }
    }

    private void change(Forced place, List<Forced> replacement) {
        lock.lock();
        try {
            poll();
            var next = new ArrayList<>(forced);
            next.removeIf(place::samePlace);
            next.addAll(replacement);
            apply(List.copyOf(next), List.of(place));
            file.write(next, problem != null);
            problem = null;
        } catch (IOException e) {
            report(path + " cannot be written, the change is in effect only until the next start: " + e);
        } finally {
            lock.unlock();
        }
    }

    private void apply(List<Forced> next, List<Forced> order) {
        List<Forced> before = forced;
        forced = next;
        journal.record(next, order);
        log(next, before, "forced to the champion");
        log(before, next, "no longer forced to the champion");
    }

    private static void log(List<Forced> places, List<Forced> except, String change) {
        for (Forced place : places) {
            if (except.stream().noneMatch(place::samePlace)) {
                String why = place.why() == null ? "" : " (" + place.why() + ")";
                LOG.log(System.Logger.Level.WARNING, "break-glass: " + place.place() + " is " + change + why);
            }
        }
    }

    private void report(String text) {
        if (!text.equals(problem)) {
            LOG.log(System.Logger.Level.ERROR, "break-glass: " + text);
        }
        problem = text;
    }

    private void watch() {
        try {
            while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                poll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals(Forced.ALL) || pattern.equals(name);
    }

    @Override
    public void close() {
        stopping.countDown();
    }
}
