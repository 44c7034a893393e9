package dev.ringside.app.wiring;

import dev.ringside.app.kafka.OutcomesTopic;
import dev.ringside.app.kafka.Standing;
import dev.ringside.app.kafka.Topics;
import dev.ringside.app.meters.IngestMeters;
import dev.ringside.app.meters.PartMeters;
import dev.ringside.contract.Closing;
import dev.ringside.contract.routing.ClockTick;
import dev.ringside.contract.routing.FleetReport;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.metrics.ingest.OutcomeIntake;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ingest: posts, and the topic that clients write. */
record IngestPart(OutcomeIntake intake, OutcomesTopic topic, Identity identity) implements Part {
    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public @Nullable String notReady() {
        return intake.isReady() ? null : "ingest: no routing table yet, or the log has not taken the first marks";
    }

    @Override
    public List<Standing> standing() {
        return topic.standing();
    }

    @Override
    public Map<String, Long> passedOver() {
        return Map.of(Topics.OUTCOMES, topic.passedOver());
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
        var closing = new Closing();
        closing.close(topic);
        closing.close(intake);
        closing.close(identity);
        closing.end("ingest");
    }
}
