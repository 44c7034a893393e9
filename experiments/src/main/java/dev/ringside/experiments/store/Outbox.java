package dev.ringside.experiments.store;

/** Records to be published once the transaction that made them is committed, in the order in which they were added. */
public final class Outbox {
    /** The compacted topic that routers, servers and the aggregator follow. */
    public static final String ROUTING = "routing";

    /** The log of predictions, outcomes and marks. */
    public static final String UNIT_EVENTS = "unit-events";

    private Outbox() {}

    /** Adds a record of the topic {@value #ROUTING}. */
    public static void add(Tx tx, String key, String value) {
        tx.update("INSERT INTO outbox (topic, key, value) VALUES (?, ?, ?)", ROUTING, key, value);
    }

    /** Adds a record of one partition of {@value #UNIT_EVENTS}, without a key as marks are. */
    public static void add(Tx tx, int partition, String value) {
        tx.update("INSERT INTO outbox (topic, partition, value) VALUES (?, ?, ?)", UNIT_EVENTS, partition, value);
    }
}
