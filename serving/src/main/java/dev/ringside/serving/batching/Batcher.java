package dev.ringside.serving.batching;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.engine.LoadedModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one model and the instances that run it. A request that finds an instance idle runs at once; those that
 * come while all are busy wait, and whoever is done first takes the most urgent of them with as many that may be run
 * together with it as there is room for. None is ever split. Urgent ones go first, and each level of priority counts as
 * much as {@link Ticket#AGEING_NANOS} of waiting, so that none waits for ever.
 *
 * <p>One lock guards all of it and is held for moments: nothing is run or answered under it. Runs are handed to the
 * instances' threads, times come from a clock and a timer that are handed in. To be used by any number of threads.
 */
public final class Batcher implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final LoadedModel model;
    private final BatchSettings settings;
    private final boolean joins;
    private final LongSupplier ticker;
    private final Timer timer;
    private final List<Instance> instances = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final BatchQueue queue;
    private final QueueLimit limit;
    private final TreeSet<Ticket> unanswered = new TreeSet<>(Ticket.DEADLINE);
    private final ArrayDeque<Instance> idle = new ArrayDeque<>();
    private Timer.@Nullable Alarm alarm;
    private long alarmAt;
    private long sequence;
    private boolean closing;
    private boolean over;

    /**
     * @param model is closed when the batcher is
     * @param joins whether requests may be run together
     * @param ticker nanoseconds, as {@link System#nanoTime}
     * @param threads a thread for each instance, by its number from 1; shut down when the batcher is closed
     */
    Batcher(
            LoadedModel model,
            boolean joins,
            BatchSettings settings,
            LongSupplier ticker,
            Timer timer,
            IntFunction<ExecutorService> threads) {
        this.model = model;
        this.settings = settings;
        this.joins = joins && settings.maxRows() > 1;
        this.ticker = ticker;
        this.timer = timer;
        this.queue = new BatchQueue(settings.maxRows(), joins);
        this.limit = QueueLimit.of(settings, this.joins, ticker.getAsLong());
        for (int i = 1; i <= settings.instances(); i++) {
            var instance = new Instance(model.instance(this.joins), threads.apply(i), ticker);
            instances.add(instance);
            idle.add(instance);
        }
    }

    /**
     * Begins to serve a model, on threads of its own.
     *
     * @param name of its threads, without their number
     * @param model is closed when the batcher is
     * @param joins whether requests may be run together, as a {@link JoinTrial} finds
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public static Batcher start(
            String name, LoadedModel model, boolean joins, BatchSettings settings, LongSupplier ticker, Timer timer) {
        return new Batcher(model, joins, settings, ticker, timer, i -> thread(name + "-" + i));
    }

    private static ExecutorService thread(String name) {
        var thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** How requests wait and are joined. */
    public BatchSettings settings() {
        return settings;
    }

    /** Whether requests are run together. */
    public boolean joins() {
        return joins;
    }

    /** How many requests wait for a run, now. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many may wait, now. */
    public int limit() {
        lock.lock();
        try {
            return limit.now();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a request; returns at once.
     *
     * @return its ticket, which is answered by its deadline
     * @throws InferenceFailure {@code UNAVAILABLE} if too many wait or the batcher is closed; then nobody hears of the
     *     request
     */
    public Ticket submit(BatchRequest request) {
        Ticket ticket;
        Steps steps;
        lock.lock();
        try {
            if (closing) {
                throw new InferenceFailure(Cause.UNAVAILABLE, "it is being closed");
            }
            long now = ticker.getAsLong();
            if (queue.size() >= limit.now()) {
                throw new InferenceFailure(
                        Cause.UNAVAILABLE, "overloaded: " + queue.size() + " requests wait, no more may");
            }
            ticket = new Ticket(this, request, settings.level(request.priority()), sequence++, queue.size(), now);
            request.meter().waits();
            queue.add(ticket);
            unanswered.add(ticket);
            steps = advance(now);
        } finally {
            lock.unlock();
        }
        perform(steps);
        return ticket;
    }

    /** Takes a request out that nobody waits for any more. */
    void withdraw(Ticket ticket) {
        var steps = new Steps();
        lock.lock();
        try {
            unanswered.remove(ticket);
            if (queue.remove(ticket)) {
                steps = advance(ticker.getAsLong());
                steps.gone.add(ticket);
            }
        } finally {
            lock.unlock();
        }
        perform(steps);
    }

    private void wake() {
        Steps steps;
        lock.lock();
        try {
            alarm = null;
            steps = advance(ticker.getAsLong());
        } finally {
            lock.unlock();
        }
        perform(steps);
    }

    /** Decides what is to be done now, under the lock. */
    private Steps advance(long now) {
        var steps = new Steps();
        while (!unanswered.isEmpty() && unanswered.first().isLate(now)) {
            Ticket late = unanswered.removeFirst();
            steps.late.add(late);
            if (queue.remove(late)) {
                limit.left(late, now);
                steps.gone.add(late);
            }
        }
        while (!idle.isEmpty() && !queue.isEmpty() && isDue(now)) {
            var batch = new Batch(idle.pop(), queue.take());
            batch.tickets().forEach(ticket -> limit.left(ticket, now));
            steps.begin.add(batch);
        }
        if (!idle.isEmpty() && !queue.isEmpty()) {
            arm(now, heldUntil());
        }
        if (!unanswered.isEmpty()) {
            arm(now, unanswered.first().deadline());
        }
        steps.end = closing && !over && queue.isEmpty() && idle.size() == instances.size();
        over |= steps.end;
        return steps;
    }

    /** Whether the next batch begins although there may be room for more: one request alone is never held. */
    private boolean isDue(long now) {
        return settings.maxDelay().isZero()
                || closing
                || queue.size() == 1
                || queue.size() >= limit.now()
                || heldUntil() - now <= 0
                || queue.isFull();
    }

    private long heldUntil() {
        return queue.oldest().arrival() + settings.maxDelay().toNanos();
    }

    private void arm(long now, long at) {
        if (alarm != null) {
            if (alarmAt - at <= 0) {
                return;
            }
            alarm.cancel();
        }
        alarmAt = at;
        alarm = timer.in(at - now, this::wake);
    }

    /** Does what was decided, without the lock. */
    private void perform(Steps steps) {
        steps.late.forEach(Ticket::late);
        for (Ticket ticket : steps.gone) {
            ticket.left(ticker.getAsLong(), false);
            ticket.request().listener().left();
        }
        for (Batch batch : steps.begin) {
            try {
                batch.instance().thread().execute(() -> work(batch));
            } catch (RejectedExecutionException e) {
                throw new IllegalStateException("an instance was let go while it had work", e);
            }
        }
        if (steps.end) {
            end();
        }
    }

    /** On an instance's thread: runs a batch, and what comes after it as long as something does. */
    private void work(Batch first) {
        @Nullable Batch batch = first;
        while (batch != null) {
            batch.instance().run(batch.tickets());
            batch = ended(batch);
        }
    }

    private @Nullable Batch ended(Batch batch) {
        @Nullable Batch next = null;
        Steps steps;
        lock.lock();
        try {
            batch.tickets().forEach(unanswered::remove);
            idle.push(batch.instance());
            steps = advance(ticker.getAsLong());
            for (int i = 0; i < steps.begin.size() && next == null; i++) {
                if (steps.begin.get(i).instance() == batch.instance()) {
                    next = steps.begin.remove(i);
                }
            }
        } finally {
            lock.unlock();
        }
        batch.tickets().forEach(ticket -> ticket.request().listener().left());
        perform(steps);
        return next;
    }

    /**
     * Takes no more requests, and returns at once. What waits is still run, and when the last run has ended, the threads
     * are let go and the model is closed: before this returns, if nothing is under way.
     */
    @Override
    public void close() {
        Steps steps;
        lock.lock();
        try {
            if (closing) {
                return;
            }
            closing = true;
            steps = advance(ticker.getAsLong());
        } finally {
            lock.unlock();
        }
        perform(steps);
    }

    private void end() {
        lock.lock();
        try {
            if (alarm != null) {
                alarm.cancel();
            }
        } finally {
            lock.unlock();
        }
        instances.forEach(Instance::close);
        model.close();
    }
}
