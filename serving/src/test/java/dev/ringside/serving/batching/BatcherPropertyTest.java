package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.engine.ModelFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that come, are cancelled, are late, are guilty of failures, in any order and in the middle of runs: whatever
 * happens, each is answered once, in time, with its own rows.
 */
class BatcherPropertyTest {
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private static final class Asked {
        final Ticket ticket;
        final float[] values;
        final long deadline;
        final boolean guilty;
        int answers;

        Asked(Ticket ticket, float[] values, long deadline, boolean guilty) {
            this.ticket = ticket;
            this.values = values;
            this.deadline = deadline;
            this.guilty = guilty;
            var _ = ticket.whenComplete((_, _) -> answers++);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachIsAnsweredOnceInTimeAndWithItsOwnRows(long seed) {
        var random = new SplittableRandom(seed);
        var settings = new BatchSettings(
                random.nextInt(1, 12),
                Duration.ofMillis(random.nextInt(4)),
                random.nextInt(1, 4),
                random.nextInt(1, 20),
                random.nextBoolean(),
                random.nextInt(1, 4));
        var hand = new HandDrivenBatcher(settings, random.nextInt(5) > 0);
        var asked = new ArrayList<Asked>();
        hand.model.onRun = () -> {
            for (int i = random.nextInt(4); i > 0; i--) {
                disturb(hand, random, asked);
            }
        };
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(3) == 0) {
                HandThread thread = hand.threads.get(random.nextInt(settings.instances()));
                if (thread.hasWork()) {
                    thread.step();
                }
            } else {
                disturb(hand, random, asked);
            }
            requireInTime(hand, asked);
            assertTrue(hand.batcher.waiting() <= settings.maxQueue());
            boolean isIdle = hand.threads.stream().noneMatch(HandThread::hasWork);
            assertFalse(isIdle && hand.batcher.waiting() == 1, "one request waits although all are idle");
        }
        if (random.nextBoolean()) {
            hand.batcher.close();
        }
        hand.model.onRun = () -> {};
        hand.work();
        hand.clock.passMillis(5);
        hand.work();
        asked.forEach(BatcherPropertyTest::requireAnswer);
        assertEquals(asked.size(), hand.left);
        assertEquals(0, hand.batcher.waiting());
        assertEquals(0, hand.meter.waiting);
        hand.batcher.close();
        assertEquals(0, hand.model.open.get());
        for (List<Integer> run : hand.model.runs) {
            int rows = run.stream().mapToInt(Integer::intValue).sum();
            assertTrue(run.size() == 1 || (hand.batcher.joins() && rows <= settings.maxRows()), run::toString);
        }
        assertTrue(asked.size() > 20, "hardly anything was asked");
    }

    private static void disturb(HandDrivenBatcher hand, SplittableRandom random, List<Asked> asked) {
        switch (random.nextInt(8)) {
            case 0 -> hand.clock.pass(random.nextInt(3_000_000));
            case 1 -> {
                if (!asked.isEmpty()) {
                    asked.get(random.nextInt(asked.size())).ticket.cancel(true);
                }
            }
            default -> ask(hand, random, asked);
        }
    }

    private static void ask(HandDrivenBatcher hand, SplittableRandom random, List<Asked> asked) {
        float[] values = new float[random.nextInt(6)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1_000 * asked.size() + 20 + i;
        }
        boolean guilty = values.length > 0 && random.nextInt(10) == 0;
        if (guilty) {
            values[random.nextInt(values.length)] = DoublingModel.GUILTY;
        }
        Duration time = Duration.ofNanos(random.nextInt(20_000_000));
        long deadline = hand.clock.getAsLong() + time.toNanos();
        String[] outputs = random.nextInt(4) == 0 ? new String[] {"z", "y"} : new String[] {"y"};
        try {
            Ticket ticket = hand.submit(time, random.nextInt(5), DoublingModel.inputs(values), outputs);
            asked.add(new Asked(ticket, values, deadline, guilty));
        } catch (InferenceFailure e) {
            assertEquals(Cause.UNAVAILABLE, e.why());
        }
    }

    private static void requireInTime(HandDrivenBatcher hand, List<Asked> asked) {
        for (Asked each : asked) {
            assertTrue(each.ticket.isDone() || each.deadline - hand.clock.getAsLong() > 0, "late, and not answered");
        }
    }

    private static void requireAnswer(Asked each) {
        assertTrue(each.ticket.isDone(), "not answered");
        assertEquals(1, each.answers);
        switch (each.ticket.state()) {
            case SUCCESS -> {
                assertFalse(each.guilty);
                float[] doubled = each.values.clone();
                for (int i = 0; i < doubled.length; i++) {
                    doubled[i] *= 2;
                }
                each.ticket
                        .join()
                        .forEach(output -> assertArrayEquals(doubled, ((TensorData.Fp32) output.data()).values()));
            }
            case FAILED -> {
                Throwable why = each.ticket.exceptionNow();
                assertTrue(why instanceof ModelFailure ? each.guilty : why instanceof InferenceFailure, why::toString);
            }
            case CANCELLED -> assertTrue(each.ticket.isCancelled());
            case RUNNING -> throw new CancellationException();
        }
    }
}
