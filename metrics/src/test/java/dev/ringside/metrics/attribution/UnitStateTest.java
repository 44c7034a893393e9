package dev.ringside.metrics.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.moments.OutcomeClass;
import dev.ringside.metrics.attribution.AttributionState.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B4: a unit's state has a row for each outcome, and a bound")
class UnitStateTest {
    private static final Instant LATER = Scene.NOON.plus(Duration.ofHours(1));

    private final Scene scene = new Scene();

    private List<Entry> rows() {
        return scene.state().units().range(new byte[0], new byte[] {(byte) 0xff, (byte) 0xff}, Integer.MAX_VALUE);
    }

    @Test
    void eachOutcomeHasARowAndNoneGrows() {
        scene.predict(7, "champion", Scene.NOON);
        for (int i = 0; i < 1500; i++) {
            scene.happen(7, "e" + i, 1, LATER, LATER);
        }
        assertEquals(1501, rows().size());
        assertTrue(rows().stream().allMatch(row -> row.value().length < 200));
        scene.mark(Scene.CLOSING);
        assertEquals(1500, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(
                1_500_000_000L,
                scene.cell("champion").orElseThrow().moments().y().longValueExact());
        assertEquals(1, rows().size(), "what is final is forgotten");
    }

    @Test
    void aUnitWithMoreOutcomesThanAreKeptIsRefusedTheRest() {
        for (int i = 0; i < 2000; i++) {
            assertEquals(List.of(), scene.happen(7, "e" + i, 1, LATER, LATER).deadLetters());
        }
        var refused = scene.happen(7, "one more", 1, LATER, LATER).deadLetters();
        assertTrue(refused.getFirst().reason().contains("2000 outcomes that are not final"));
        assertTrue(refused.getFirst().reason().contains("ringside.metrics.unit-outcomes"));
        assertEquals(List.of(), scene.happen(8, "another", 1, LATER, LATER).deadLetters(), "other units go on");
        scene.mark(Scene.NOON);
        assertEquals(1, scene.snapshot().totals().refused());
        assertEquals(2001, scene.outcomes(OutcomeClass.PENDING));
    }

    @Test
    void equalOutcomesHaveRowsOfTheirOwn() {
        scene.predict(7, "champion", Scene.NOON);
        for (int i = 0; i < 3; i++) {
            scene.happen(7, "e", 1, LATER, LATER);
        }
        assertEquals(4, rows().size());
        scene.mark(Scene.CLOSING);
        assertEquals(1, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(2, scene.outcomes(OutcomeClass.DUPLICATES));
        assertEquals(1, rows().size());
    }

    @Test
    @DisplayName("a unit whose outcomes stood in its own row, as the first release wrote it, is read")
    void theFirstReleasesStateIsRead() {
        scene.predict(7, "champion", Scene.NOON);
        scene.happen(7, "a", 2, LATER, LATER);
        scene.happen(7, "b", 2, LATER, LATER);
        var units = scene.state().units();
        var in = new PackedReader(units.get(Unit.key(7)));
        assertEquals(2, in.get());
        var old = new PackedWriter().put(1).fixed(in.fixed()).fixed(in.fixed());
        Sightings.read(in).write(old);
        old.number(in.count());
        Enrolment.read(in).write(old);
        old.number(2);
        for (Entry outcome : rows().subList(1, 3)) {
            OutcomeFact.read(new PackedReader(outcome.value())).write(old);
            units.delete(outcome.key());
        }
        units.put(Unit.key(7), old.toBytes());

        scene.happen(7, "c", 2, LATER, LATER);
        assertEquals(4, rows().size(), "each has a row from now on");
        scene.mark(Scene.CLOSING);
        assertEquals(
                6_000_000, scene.cell("champion").orElseThrow().moments().y().longValueExact());
        assertEquals(3, scene.outcomes(OutcomeClass.COUNTED));
        assertEquals(1, rows().size());
    }
}
