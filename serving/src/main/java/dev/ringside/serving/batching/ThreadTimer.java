package dev.ringside.serving.batching;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer on a thread of its own, shared by the batchers of a process, which ends after a while without anything to do. */
public final class ThreadTimer implements Timer {
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("serving-timer").factory());

    public ThreadTimer() {
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public Alarm in(long nanos, Runnable wake) {
        Future<?> due = thread.schedule(wake, nanos, TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }
}
