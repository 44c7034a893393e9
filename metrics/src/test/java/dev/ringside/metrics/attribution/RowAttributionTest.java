package dev.ringside.metrics.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows against the rules written apart from the code ({@link BatchOracle}), in whatever order the log tells them. */
class RowAttributionTest {
    private static final int UNITS = 120;

    /** The world in which every prediction of the slot is an arm of its own. */
    private static World asked(World world, KpiDefinition kpi) {
        List<Prediction> predictions = world.predictions().stream()
                .map(p -> p.slot().equals("eta")
                        ? p.exposedTo("rows", 1, p.predictionId().text())
                        : p.exposedTo(null, null, null))
                .toList();
        return new World(
                List.of(new EpochDefinition("rows", 1, "eta", List.of("row"), List.of(kpi))),
                predictions,
                world.outcomes());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aRowIsAUnitsFirstPredictionWithTheValueThatTheRulesGiveIt(long seed) {
        World world = World.random(seed, UNITS);
        KpiDefinition kpi = world.definitions().getFirst().kpis().getFirst();
        Map<String, Long> expected = new TreeMap<>();
        BatchOracle.judge(asked(world, kpi)).closedCells().forEach((cell, moments) -> {
            String first = cell.split("/", -1)[3];
            expected.put(first, moments.y().longValueExact());
        });
        Set<String> known = new HashSet<>();
        world.predictions().forEach(p -> known.add(p.predictionId().text()));
        assertTrue(known.containsAll(expected.keySet()), expected.keySet().toString());
        for (int order = 0; order < 4; order++) {
            int partitions = 1 + order;
            List<List<UnitEvent>> logs = Telling.of(world, order, partitions, 1 + 10 * order, 5 + order);
            Map<String, Long> rows = new TreeMap<>();
            List<String> twice = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                var attribution = new RowAttribution(partition, partitions, "eta", kpi, 2000, (first, micros) -> {
                    if (rows.put(first.text(), micros) != null) {
                        twice.add(first.text());
                    }
                });
                long offset = 0;
                for (UnitEvent event : logs.get(partition)) {
                    attribution.accept(
                            event,
                            offset++,
                            event instanceof Prediction p && p.slot().equals("eta"));
                }
            }
            assertEquals(expected, rows, "world " + seed + ", telling " + order);
            assertEquals(List.of(), twice);
        }
        assertTrue(expected.size() > UNITS / 12, expected.size() + " rows");
    }
}
