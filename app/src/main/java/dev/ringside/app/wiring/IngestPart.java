package dev.ringside.app.wiring;

import dev.ringside.app.kafka.OutcomesTopic;
import dev.ringside.app.meters.IngestMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.metrics.ingest.OutcomeIntake;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ingest: posts, and the topic that clients write. */
record IngestPart(OutcomeIntake intake, OutcomesTopic topic, Identity identity) implements Part {
    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public @Nullable String notReady() {
        if (!intake.isReady()) {
            return "ingest: no routing table yet, or the log has not taken the first marks";
        }
        String failure = topic.failure();
        return failure == null ? null : "ingest: topic outcomes is not read any more: " + failure;
    }

    @Override
    public void accept(RoutingTable table) {
        intake.accept(table);
    }

    @Override
    public void accept(ClockTick tick) {
        intake.accept(tick);
    }

    @Override
    public FleetReport report() {
        return intake.report();
    }

    @Override
    public List<PartMeters> meters() {
        return List.of(new IngestMeters(intake::report));
    }

    @Override
    public void close() throws IOException {
        topic.close();
        intake.close();
        identity.close();
    }
}
