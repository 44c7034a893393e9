package dev.ringside.experiments.world;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.experiments.store.Publisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A topic that remembers what was published, and refuses when told to. */
public final class Topic implements Publisher {
    private final List<Message> records = new ArrayList<>();
    private int refuseAfter = Integer.MAX_VALUE;

    @Override
    public synchronized void publish(Message message) throws IOException {
        if (records.size() >= refuseAfter) {
            throw new IOException("the broker does not answer");
        }
        records.add(message);
    }

    /** Takes so many records in all, and then no more. */
    public synchronized void refuseAfter(int count) {
        refuseAfter = count;
    }

    /** What was published. */
    public synchronized List<Message> records() {
        return List.copyOf(records);
    }

    /** The keys of what was published under one. */
    public List<String> keys() {
        return records().stream().map(Message::key).filter(Objects::nonNull).toList();
    }

    /** The last routing table. */
    public RoutingTable table() {
        return records().reversed().stream()
                .filter(r -> RoutingTable.KEY.equals(r.key()))
                .findFirst()
                .map(r -> Json.read(r.value(), RoutingTable.class))
                .orElseThrow();
    }
}
