package dev.ringside.metrics.streams;

import dev.ringside.metrics.attribution.AttributionState;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The attribution's state in a task's three stores: on disk, logged to Kafka, committed with the task's output. */
final class StoreState implements AttributionState {
    static final String UNITS = "units";
    static final String AGENDA = "agenda";
    static final String SUMS = "sums";

    /** Small segments let the broker compact what a crashed task must read again. */
    private static final Map<String, String> CHANGELOG =
            Map.of("segment.bytes", "16777216", "min.cleanable.dirty.ratio", "0.3");

    private final Table units;
    private final Table agenda;
    private final Table sums;

    StoreState(ProcessingContext context) {
        units = table(context, UNITS);
        agenda = table(context, AGENDA);
        sums = table(context, SUMS);
    }

    private static Table table(ProcessingContext context, String name) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
        return new StoreTable(store);
    }

    static Set<StoreBuilder<?>> builders() {
        var byName = new TreeSet<StoreBuilder<?>>(java.util.Comparator.comparing(StoreBuilder::name));
        for (String name : new String[] {UNITS, AGENDA, SUMS}) {
            byName.add(Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingEnabled()
                    .withLoggingEnabled(CHANGELOG));
        }
        return byName;
    }

    @Override
    public Table units() {
        return units;
    }

    @Override
    public Table agenda() {
        return agenda;
    }

    @Override
    public Table sums() {
        return sums;
    }
}
