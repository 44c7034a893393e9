package dev.ringside.metrics.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state in memory, for replays: it lives as long as the replay does. */
public final class MemoryState implements AttributionState {
    private final Table units = new SortedTable();
    private final Table agenda = new SortedTable();
    private final Table sums = new SortedTable();

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

    private static final class SortedTable implements Table {
        private final NavigableMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);

        @Override
        public byte @Nullable [] get(byte[] key) {
            return map.get(key);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            map.put(key, value);
        }

        @Override
        public void delete(byte[] key) {
            map.remove(key);
        }

        @Override
        public List<Entry> range(byte[] from, byte[] to, int limit) {
            var entries = new ArrayList<Entry>();
            for (Map.Entry<byte[], byte[]> entry :
                    map.subMap(from, true, to, false).entrySet()) {
                if (entries.size() == limit) {
                    break;
                }
                entries.add(new Entry(entry.getKey(), entry.getValue()));
            }
            return entries;
        }
    }
}
