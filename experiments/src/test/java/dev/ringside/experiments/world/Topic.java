package dev.ringside.experiments.world;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.experiments.store.Publisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A topic that remembers what was published, and refuses when told to. */
public final class Topic implements Publisher {
    /** A published record. */
    public record Published(String topic, String key, String value) {}

    private final List<Published> records = new ArrayList<>();
    private int refuseAfter = Integer.MAX_VALUE;

    @Override
    public synchronized void publish(String topic, String key, String value) throws IOException {
        if (records.size() >= refuseAfter) {
            throw new IOException("the broker does not answer");
        }
        records.add(new Published(topic, key, value));
    }

    /** Takes so many records in all, and then no more. */
    public synchronized void refuseAfter(int count) {
        refuseAfter = count;
    }

    /** What was published. */
    public synchronized List<Published> records() {
        return List.copyOf(records);
    }

    /** The keys of what was published. */
    public List<String> keys() {
        return records().stream().map(Published::key).toList();
    }

    /** The last routing table. */
    public RoutingTable table() {
        return records().reversed().stream()
                .filter(r -> r.key().equals(RoutingTable.KEY))
                .findFirst()
                .map(r -> Json.read(r.value(), RoutingTable.class))
                .orElseThrow();
    }
}
