package dev.ringside.experiments.store;

/** Records to be published once the transaction that made them is committed, in the order in which they were added. */
public final class Outbox {
    /** The compacted topic that routers, servers and the aggregator follow. */
    public static final String ROUTING = "routing";

    private Outbox() {}

    /** Adds a record of the topic {@value #ROUTING}. */
    public static void add(Tx tx, String key, String value) {
        tx.update("INSERT INTO outbox (topic, key, value) VALUES (?, ?, ?)", ROUTING, key, value);
    }
}
