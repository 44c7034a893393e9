package dev.ringside.metrics.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.attribution.Definitions;
import dev.ringside.metrics.attribution.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that starts again on its stores says what it would have said. */
class ProcessorRestartTest {
    private static final Instant LATER = Scene.NOON.plus(Duration.ofHours(3));

    @TempDir
    private Path folder;

    private static List<UnitEvent> log() {
        return List.of(
                Scene.mark("ingest", Mark.Role.INGEST, null),
                Scene.mark("router", Mark.Role.ROUTER, null),
                Scene.prediction(7, "unit-7", "better", "champion", Scene.NOON, 1),
                Scene.prediction(9, "unit-9", "better", "challenger", Scene.NOON.plusSeconds(1), 2),
                Scene.mark("router", Mark.Role.ROUTER, Scene.NOON.plusSeconds(2)),
                Scene.mark("ingest", Mark.Role.INGEST, Scene.NOON.plusSeconds(2)),
                Scene.outcome(7, "e", 0, false, 2, LATER, LATER),
                Scene.outcome(9, "f", 0, false, 3, LATER, LATER),
                Scene.prediction(9, "unit-9", "better", "challenger", Scene.NOON.plusSeconds(1), 2),
                Scene.outcome(9, "f", 0, false, 3, LATER, LATER),
                Scene.mark("ingest", Mark.Role.INGEST, Scene.CLOSING),
                Scene.mark("router", Mark.Role.ROUTER, Scene.CLOSING));
    }

    @Test
    void aRestartBetweenAnyTwoRecordsChangesNothing() {
        List<String> undisturbed = run(Integer.MAX_VALUE);
        assertTrue(undisturbed.size() > 6);
        for (int restart = 1; restart < log().size(); restart++) {
            assertEquals(undisturbed, run(restart), "restarted before record " + restart);
        }
    }

    @Test
    void onlyAMarkThatMovesTheHorizonAsksForACommit() {
        var context = context();
        var processor = processor(context);
        process(context, processor, 0, log().get(2));
        assertFalse(context.committed());
        process(context, processor, 1, log().get(4));
        assertTrue(context.committed());
    }

    private List<String> run(int restart) {
        var context = context();
        var processor = processor(context);
        var said = new ArrayList<String>();
        List<UnitEvent> log = log();
        for (int offset = 0; offset < log.size(); offset++) {
            if (offset == restart) {
                processor = processor(context);
            }
            process(context, processor, offset, log.get(offset));
            context.forwarded()
                    .forEach(f -> said.add(f.childName().orElseThrow() + " "
                            + Json.write(f.record().value())));
            context.resetForwards();
        }
        return said;
    }

    private static void process(
            MockProcessorContext<byte[], Object> context, AttributionProcessor processor, int offset, UnitEvent event) {
        context.setRecordMetadata("unit-events", 0, offset);
        processor.process(new Record<>(null, Json.bytes(event), 0));
    }

    private MockProcessorContext<byte[], Object> context() {
        var context = new MockProcessorContext<byte[], Object>(
                AttributionStreams.properties(AttributionStreamsTest.settings(folder)),
                new TaskId(0, 0),
                folder.toFile());
        for (String name : List.of(StoreState.UNITS, StoreState.AGENDA, StoreState.SUMS)) {
            var store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        return context;
    }

    private static AttributionProcessor processor(MockProcessorContext<byte[], Object> context) {
        var definitions = new Definitions(Duration.ZERO);
        definitions.accept(Scene.definition());
        var processor = new AttributionProcessor(1, definitions, 2000);
        processor.init(context);
        return processor;
    }
}
