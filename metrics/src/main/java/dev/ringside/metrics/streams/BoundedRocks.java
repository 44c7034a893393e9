package dev.ringside.metrics.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One memory budget for the stores of all tasks of this process: without it each of them takes a cache and write buffers
 * of its own, outside the heap. Kafka Streams makes an instance for each store, so the budget is static.
 */
public final class BoundedRocks implements RocksDBConfigSetter {
    private static final long BUDGET = 64L << 20;
    private static final long WRITE_BUFFERS = 24L << 20;
    private static final Cache CACHE;
    private static final WriteBufferManager WRITES;

    static {
        RocksDB.loadLibrary();
        CACHE = new LRUCache(BUDGET);
        WRITES = new WriteBufferManager(WRITE_BUFFERS, CACHE);
    }

    /** Called by Kafka Streams. */
    public BoundedRocks() {}

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setWriteBufferManager(WRITES);
        options.setWriteBufferSize(4L << 20);
        options.setMaxWriteBufferNumber(2);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String store, Options options) {
        // The budget is shared: it lives as long as the process.
    }
}
