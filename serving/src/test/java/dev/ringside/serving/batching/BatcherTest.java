package dev.ringside.serving.batching;

import static dev.ringside.serving.batching.HandDrivenBatcher.LONG;
import static dev.ringside.serving.batching.HandDrivenBatcher.assertDoubled;
import static dev.ringside.serving.batching.HandDrivenBatcher.assertFailed;
import static dev.ringside.serving.batching.HandDrivenBatcher.assertLate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private static BatchSettings settings(int maxRows) {
        return new BatchSettings(maxRows, Duration.ZERO, 3, 100, false, 1);
    }

    @Test
    void aRequestThatFindsAnInstanceIdleRunsAtOnceWhateverTheDelay() {
        var hand = new HandDrivenBatcher(new BatchSettings(8, Duration.ofSeconds(1), 3, 100, false, 1));
        Ticket ticket = hand.submit(1);
        assertTrue(hand.threads.getFirst().hasWork());
        hand.work();
        assertDoubled(ticket, 1);
        assertEquals(List.of(0L), hand.meter.queued);
        assertEquals(1, hand.left);
    }

    @Test
    void whatComesWhileAllAreBusyIsJoinedUpToTheGreatestBatchAndNeverSplit() {
        var hand = new HandDrivenBatcher(settings(4));
        var tickets = new ArrayList<Ticket>();
        tickets.add(hand.submit(1));
        tickets.add(hand.submit(2, 3));
        tickets.add(hand.submit(4));
        tickets.add(hand.submit(5, 6));
        tickets.add(hand.submit(7));
        hand.work();
        assertEquals(List.of(List.of(1), List.of(2, 1), List.of(2, 1)), hand.model.runs);
        assertDoubled(tickets.get(1), 2, 3);
        assertDoubled(tickets.get(2), 4);
        assertDoubled(tickets.get(3), 5, 6);
        assertDoubled(tickets.get(4), 7);
        assertEquals(5, hand.left);
    }

    @Test
    void aRequestOfMoreRowsThanABatchIsRunAloneAndWhole() {
        var hand = new HandDrivenBatcher(settings(2));
        hand.ask(0);
        Ticket large = hand.submit(1, 2, 3, 4, 5);
        Ticket small = hand.submit(6);
        hand.work();
        assertEquals(List.of(List.of(1), List.of(5), List.of(1)), hand.model.runs);
        assertDoubled(large, 1, 2, 3, 4, 5);
        assertDoubled(small, 6);
    }

    @Test
    void onlyRequestsOfOneShapeAndTheSameOutputsAreJoined() {
        var hand = new HandDrivenBatcher(settings(8));
        Tensor wide = new Tensor("x", List.of(1L, 2L), new TensorData.Fp32(new float[] {1, 2}));
        hand.ask(0);
        hand.ask(1);
        Ticket other = hand.submit(LONG, 0, List.of(wide), "y");
        var _ = hand.submit(LONG, 0, DoublingModel.inputs(5), "y", "z");
        hand.ask(3);
        hand.work();
        assertEquals(List.of(List.of(1), List.of(1, 1), List.of(2), List.of(1)), hand.model.runs);
        assertDoubled(other, 1, 2);
    }

    @Test
    void aModelThatMayNotBeJoinedIsRunForOneRequestAtATime() {
        var hand = new HandDrivenBatcher(settings(8), false);
        hand.ask(1);
        hand.ask(2);
        hand.ask(3);
        hand.work();
        assertEquals(List.of(List.of(1), List.of(1), List.of(1)), hand.model.runs);
        assertFalse(hand.batcher.joins());
    }

    @Test
    void anEmptyRequestIsRunByItself() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(1);
        Ticket empty = hand.submit();
        hand.ask(2);
        hand.ask(3);
        hand.work();
        assertEquals(List.of(List.of(1), List.of(0), List.of(1, 1)), hand.model.runs);
        assertDoubled(empty);
    }

    @Test
    void urgentRequestsGoFirstThenThoseThatCameFirst() {
        var hand = new HandDrivenBatcher(settings(1));
        var order = new ArrayList<Float>();
        hand.ask(9);
        for (int priority : new int[] {0, 3, 1, 2, 1}) {
            float value = 10 * priority + order.size();
            hand.ask(LONG, priority, () -> order.add(value), value);
            hand.clock.pass(10);
        }
        hand.work();
        assertEquals(List.of(10f, 10f, 20f, 0f, 30f), order);
    }

    @Test
    void whoHasWaitedLongEnoughGoesBeforeWhatIsMoreUrgent() {
        var hand = new HandDrivenBatcher(settings(1));
        var order = new ArrayList<String>();
        hand.ask(9);
        hand.ask(LONG, 3, () -> order.add("patient"), 1);
        hand.clock.pass(2 * Ticket.AGEING_NANOS - 1);
        hand.ask(LONG, 1, () -> order.add("before its time"), 1);
        hand.clock.pass(2);
        hand.ask(LONG, 1, () -> order.add("after its time"), 1);
        hand.work();
        assertEquals(List.of("before its time", "patient", "after its time"), order);
    }

    @Test
    void beyondTheQueueNobodyWaits() {
        var hand = new HandDrivenBatcher(new BatchSettings(8, Duration.ZERO, 3, 2, false, 1));
        hand.ask(0);
        hand.ask(1);
        Ticket cancelled = hand.submit(2);
        var refused = assertThrows(InferenceFailure.class, () -> hand.submit(3));
        assertEquals(Cause.UNAVAILABLE, refused.why());
        assertEquals("overloaded: 2 requests wait, no more may", refused.getMessage());
        assertEquals(3, hand.meter.waiting);
        cancelled.cancel(true);
        hand.ask(4);
        assertThrows(InferenceFailure.class, () -> hand.submit(5));
        hand.work();
        assertEquals(List.of(List.of(1), List.of(1, 1)), hand.model.runs);
        assertEquals(0, hand.meter.waiting);
    }

    @Test
    void aDeadlineThatPassesInTheQueueIsAnsweredWhileTheModelRunsAndCostsNoRun() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(0);
        Ticket late = hand.submit(SHORT, 0, 1);
        Ticket patient = hand.submit(2);
        hand.model.onRun = () -> {
            hand.clock.passMillis(49);
            assertFalse(late.isDone());
            hand.clock.passMillis(1);
            assertLate(late);
            hand.model.onRun = () -> {};
        };
        hand.work();
        assertDoubled(patient, 2);
        assertEquals(List.of(List.of(1), List.of(1)), hand.model.runs);
        assertEquals(3, hand.left);
    }

    @Test
    void aDeadlineThatPassesInARunIsAnsweredThenAndTheRequestLeavesWithTheRun() {
        var hand = new HandDrivenBatcher(settings(8));
        Ticket late = hand.submit(SHORT, 0, 1);
        hand.model.onRun = () -> {
            hand.clock.passMillis(50);
            assertLate(late);
            assertEquals(0, hand.left);
        };
        hand.work();
        assertLate(late);
        assertEquals(1, hand.left);
    }

    @Test
    void whatIsLateWhenItComesIsNeverRun() {
        var hand = new HandDrivenBatcher(settings(8));
        assertLate(hand.submit(Duration.ZERO, 0, 1));
        hand.work();
        assertEquals(List.of(), hand.model.runs);
        assertEquals(1, hand.left);
    }

    @Test
    void aCancelledRequestLeavesTheQueueAtOnceAndCostsNoRun() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(0);
        Ticket cancelled = hand.submit(1);
        hand.ask(2);
        assertTrue(cancelled.cancel(false));
        assertEquals(1, hand.left);
        assertEquals(1, hand.batcher.waiting());
        hand.work();
        assertEquals(List.of(List.of(1), List.of(1)), hand.model.runs);
        assertEquals(3, hand.left);
    }

    @Test
    void aRunThatHasBegunGoesOnForOneThatIsCancelled() {
        var hand = new HandDrivenBatcher(settings(8));
        Ticket cancelled = hand.submit(1);
        hand.model.onRun = () -> {
            cancelled.cancel(true);
            assertEquals(0, hand.left);
        };
        hand.work();
        assertTrue(cancelled.isCancelled());
        assertEquals(1, hand.left);
    }

    @Test
    void aJoinedRunThatFailsIsRunAgainOneByOneSoThatOnlyTheGuiltyFails() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(0);
        Ticket before = hand.submit(1);
        Ticket guilty = hand.submit(DoublingModel.GUILTY);
        Ticket after = hand.submit(3, 4);
        hand.work();
        assertDoubled(before, 1);
        assertFailed("13 was given", guilty);
        assertDoubled(after, 3, 4);
        assertEquals(List.of(List.of(1), List.of(1, 1, 2), List.of(1), List.of(1), List.of(2)), hand.model.runs);
        assertEquals(
                List.of(1L, 1L, 2L),
                hand.meter.runs.stream().map(BatchRun::batchRows).toList());
    }

    @Test
    void whatIsNotFiniteSpreadsToNobody() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(0);
        Ticket before = hand.submit(1);
        Ticket guilty = hand.submit(Float.NaN);
        hand.work();
        assertDoubled(before, 1);
        assertDoubled(guilty, Float.NaN);
    }

    @Test
    void requestsThatWaitTogetherAreHeldForOthersAsLongAsTheDelay() {
        var hand = new HandDrivenBatcher(new BatchSettings(8, Duration.ofMillis(5), 3, 100, false, 2));
        hand.model.onRun = () -> {
            if (hand.model.runs.size() == 1) {
                hand.ask(1);
            }
        };
        hand.ask(0);
        // The second instance is idle, so that is not held either.
        hand.work();
        assertEquals(2, hand.model.runs.size());

        var busy = new HandDrivenBatcher(new BatchSettings(8, Duration.ofMillis(5), 3, 100, false, 1));
        busy.ask(0);
        busy.clock.passMillis(10);
        busy.ask(1);
        busy.clock.passMillis(2);
        busy.ask(2);
        busy.work();
        assertEquals(1, busy.model.runs.size(), "held");
        busy.clock.pass(2_999_999);
        busy.ask(3);
        busy.work();
        assertEquals(1, busy.model.runs.size(), "held");
        busy.clock.pass(1);
        busy.work();
        assertEquals(List.of(List.of(1), List.of(1, 1, 1)), busy.model.runs);
    }

    @Test
    void aFullBatchIsNotHeldNorOneRequestThatIsLeftAlone() {
        var hand = new HandDrivenBatcher(new BatchSettings(2, Duration.ofSeconds(5), 3, 100, false, 1));
        hand.ask(0);
        hand.ask(1);
        hand.ask(2);
        hand.ask(3);
        hand.work();
        assertEquals(List.of(List.of(1), List.of(1, 1), List.of(1)), hand.model.runs);
    }

    @Test
    void whenOneOfTwoThatAreHeldIsCancelledTheOtherRuns() {
        var hand = new HandDrivenBatcher(new BatchSettings(8, Duration.ofSeconds(5), 3, 100, false, 1));
        hand.ask(0);
        Ticket cancelled = hand.submit(1);
        Ticket other = hand.submit(2);
        hand.work();
        assertFalse(other.isDone());
        cancelled.cancel(true);
        hand.work();
        assertDoubled(other, 2);
    }

    @Test
    void versionsThatShareAFileShareItsRunsAndEachIsToldItsPart() {
        var hand = new HandDrivenBatcher(settings(8));
        hand.ask(0);
        hand.ask(1, 2);
        var other = new CountingMeter();
        var _ = hand.batcher.submit(new BatchRequest(
                DoublingModel.inputs(3), List.of("y"), Deadline.in(LONG, hand.clock), 0, other, () -> {}, null));
        hand.work();
        assertEquals(2, hand.meter.runs.size());
        assertEquals(new BatchRun(1, 2, 3, 0, 0, 0), hand.meter.runs.getLast());
        assertEquals(List.of(new BatchRun(1, 1, 3, 0, 0, 0)), other.runs);
    }

    @Test
    void whatWaitsIsStillAnsweredAfterTheCloseAndTheModelIsClosedLast() {
        var hand = new HandDrivenBatcher(new BatchSettings(2, Duration.ofSeconds(5), 3, 100, false, 1));
        hand.ask(0);
        Ticket first = hand.submit(1);
        Ticket second = hand.submit(2);
        Ticket third = hand.submit(3);
        hand.batcher.close();
        assertEquals(
                "it is being closed",
                assertThrows(InferenceFailure.class, () -> hand.submit(4)).getMessage());
        assertEquals(2, hand.model.open.get());
        hand.work();
        assertDoubled(first, 1);
        assertDoubled(second, 2);
        assertDoubled(third, 3);
        assertEquals(0, hand.model.open.get());
        assertTrue(hand.threads.getFirst().isShutdown());
        assertEquals(0, hand.clock.alarms());
        hand.batcher.close();
    }

    @Test
    void aBatcherWithNothingUnderWayIsClosedAtOnce() {
        var hand = new HandDrivenBatcher(settings(2));
        hand.ask(0);
        hand.work();
        hand.batcher.close();
        assertEquals(0, hand.model.open.get());
    }
}
