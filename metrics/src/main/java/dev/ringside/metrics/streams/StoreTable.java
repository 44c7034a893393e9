package dev.ringside.metrics.streams;

import dev.ringside.metrics.attribution.AttributionState.Entry;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A table of the attribution's state in a store of Kafka Streams. */
final class StoreTable implements Table {
    private final KeyValueStore<Bytes, byte[]> store;

    StoreTable(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }

    @Override
    public List<Entry> range(byte[] from, byte[] to, int limit) {
        var entries = new ArrayList<Entry>();
        Bytes end = Bytes.wrap(to);
        try (KeyValueIterator<Bytes, byte[]> iterator = store.range(Bytes.wrap(from), end)) {
            while (iterator.hasNext() && entries.size() < limit) {
                KeyValue<Bytes, byte[]> next = iterator.next();
                // A store's range includes its end.
                if (!next.key.equals(end)) {
                    entries.add(new Entry(next.key.get(), next.value));
                }
            }
        }
        return entries;
    }
}
