package dev.ringside.serving.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.ringside.contract.inference.CallTrace;
import dev.ringside.contract.inference.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunTracesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HandDrivenBatcher hand = new HandDrivenBatcher(new BatchSettings(8, Duration.ZERO, 1, 100, false, 1));

    /** Keeps what it is told. */
    private static final class Followed implements CallTrace {
        private final List<String> waits = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private final List<Long> rows = new ArrayList<>();

        @Override
        public void named(String model, String version) {
            throw new AssertionError("the catalog's");
        }

        @Override
        public void waited(long from, long until, boolean begun) {
            waits.add(until - from + (begun ? "" : " in vain"));
        }

        @Override
        public Current enter() {
            return Current.NONE;
        }

        @Override
        public void ran(long own, Run run) {
            rows.add(own);
            runs.add(run);
        }
    }

    private Followed ask(Duration time, float... values) {
        var followed = new Followed();
        var _ = hand.batcher.submit(new BatchRequest(
                DoublingModel.inputs(values),
                List.of("y"),
                Deadline.in(time, hand.clock),
                0,
                hand.meter,
                () -> {},
                followed));
        return followed;
    }

    @Test
    void aRunIsToldToEachTraceOfItWithTheOthers() {
        hand.ask(0);
        Followed one = ask(LONG, 1, 2);
        hand.ask(3);
        Followed other = ask(LONG, 4);
        hand.clock.pass(7);
        hand.work();
        CallTrace.Run run = one.runs.getFirst();
        assertSame(run, other.runs.getFirst());
        assertEquals(List.of(one, other), run.traced());
        assertEquals(4, run.rows());
        assertEquals(3, run.requests());
        assertNull(run.failure());
        assertEquals(List.of(2L), one.rows);
        assertEquals(List.of("7"), one.waits);
    }

    @Test
    void aRunThatFailsIsToldWithItsReasonAndThenEachByItself() {
        hand.ask(0);
        Followed innocent = ask(LONG, 1);
        Followed guilty = ask(LONG, DoublingModel.GUILTY);
        hand.work();
        assertEquals(2, innocent.runs.size());
        assertEquals(
                "13 was given",
                Objects.requireNonNull(innocent.runs.getFirst().failure()).getMessage());
        assertNull(innocent.runs.getLast().failure());
        assertEquals(List.of(guilty), guilty.runs.getLast().traced());
        assertEquals(
                "13 was given",
                Objects.requireNonNull(guilty.runs.getLast().failure()).getMessage());
    }

    @Test
    void whoeverIsLateHasWaitedInVain() {
        hand.ask(0);
        Followed late = ask(Duration.ofNanos(5), 1);
        hand.clock.pass(5);
        hand.work();
        assertEquals(List.of("5 in vain"), late.waits);
        assertEquals(List.of(), late.runs);
    }
}
