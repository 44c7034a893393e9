package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A model that is asked for more than it can do: requests come at even distances. */
class OverloadTest {
    /** The model's run of one request, so that it does 20 a second. */
    private static final long RUN = Duration.ofMillis(50).toNanos();

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final int QUEUE = 256;
    private static final int LEAST = 8;

    /** Requests for one model, by a clock that the test drives. */
    private static final class Traffic {
        final HandDrivenBatcher hand;
        long run = RUN;
        int asked;
        int refused;
        int answered;
        private long between;
        private long end;

        Traffic(boolean adapts, boolean joins) {
            hand = new HandDrivenBatcher(new BatchSettings(LEAST, Duration.ZERO, 1, QUEUE, adapts, 1), joins);
            hand.model.onRun = () -> hand.clock.pass(run);
        }

        /** A model that answers one request at a time. */
        static Traffic of(boolean adapts) {
            return new Traffic(adapts, false);
        }

        /** Runs follow one another as long as something waits: who asks must stop by the clock. */
        private boolean isOver() {
            return hand.clock.getAsLong() - end >= 0;
        }

        private void arrive() {
            if (isOver()) {
                return;
            }
            asked++;
            try {
                hand.ask(DEADLINE, 0, () -> answered++, 1);
            } catch (InferenceFailure e) {
                assertEquals(InferenceFailure.Cause.UNAVAILABLE, e.why());
                refused++;
            }
            var _ = hand.clock.in(between, this::arrive);
        }

        private void alarmEachSecond(Runnable what) {
            var _ = hand.clock.in(Duration.ofSeconds(1).toNanos(), () -> {
                if (!isOver()) {
                    what.run();
                    alarmEachSecond(what);
                }
            });
        }

        /** Lets requests come for so many seconds, counted from nothing. */
        private Traffic seconds(int seconds, int each) {
            asked = 0;
            refused = 0;
            answered = 0;
            between = Duration.ofSeconds(1).toNanos() / each;
            end = hand.clock.getAsLong() + Duration.ofSeconds(seconds).toNanos();
            arrive();
            while (!isOver()) {
                hand.work();
                hand.clock.pass(Duration.ofMillis(1).toNanos());
            }
            hand.clock.pass(between);
            return this;
        }
    }

    @Test
    void aLongQueueIsAnsweredTooLateAndOneThatAdaptsGivesNearlyAllThatTheModelCan() {
        Traffic constant = Traffic.of(false).seconds(20, 200);
        assertTrue(constant.answered < 100, () -> constant.answered + " of 400 that can be answered");

        Traffic adapting = Traffic.of(true);
        adapting.seconds(20, 200);
        adapting.seconds(20, 200);
        assertTrue(adapting.answered > 380, () -> adapting.answered + " of 400 that can be answered");
        int others = adapting.asked - adapting.answered - adapting.refused;
        assertTrue(others < 40, () -> others + " were taken and not answered in time");
        assertTrue(adapting.hand.batcher.limit() <= 20, () -> "so many may wait: " + adapting.hand.batcher.limit());
    }

    @Test
    void belowWhatTheModelCanNobodyIsRefusedAlsoAfterAnOverload() {
        Traffic adapting = Traffic.of(true);
        adapting.seconds(20, 200);
        adapting.seconds(5, 15);
        adapting.seconds(20, 15);
        assertEquals(0, adapting.refused);
        assertTrue(adapting.answered >= adapting.asked - 1);
    }

    @Test
    void aModelThatBecomesFasterMayLetMoreWait() {
        Traffic adapting = Traffic.of(true);
        adapting.seconds(20, 200);
        int slow = adapting.hand.batcher.limit();
        adapting.run = RUN / 10;
        adapting.seconds(60, 400);
        int fast = adapting.hand.batcher.limit();
        assertTrue(fast > 2 * slow, () -> slow + " and then " + fast + " may wait");
        assertTrue(adapting.answered > 60 * 200 * 95 / 100, () -> adapting.answered + " of 12000");
    }

    @Test
    void aWholeBatchMayAlwaysWait() {
        // Its run takes longer than anybody has.
        var slow = new Traffic(true, true);
        slow.run = Duration.ofSeconds(2).toNanos();
        slow.seconds(60, 100);
        assertEquals(LEAST, slow.hand.batcher.limit());
    }

    @Test
    void aFewThatHaveHardlyAnyTimeLeaveTheOthersTheirQueue() {
        Traffic adapting = Traffic.of(true);
        // One a second has a millisecond, which is over before the model is free.
        adapting.alarmEachSecond(() -> adapting.hand.ask(Duration.ofMillis(1), 0, () -> {}, 1));
        adapting.seconds(60, 18);
        assertEquals(QUEUE, adapting.hand.batcher.limit());
        assertEquals(0, adapting.refused);
    }
}
