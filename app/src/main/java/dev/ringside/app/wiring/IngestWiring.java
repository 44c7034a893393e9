package dev.ringside.app.wiring;

import dev.ringside.app.kafka.OutcomesTopic;
import dev.ringside.app.kafka.TopicWriter;
import dev.ringside.app.kafka.Topics;
import dev.ringside.metrics.ingest.OutcomeIntake;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Ingest. */
@Singleton
final class IngestWiring {
    @Produces
    @Singleton
    IngestPart part(Surroundings around, TopicWriter writer) throws IOException {
        var identity = around.identity("ingest");
        var intake = new OutcomeIntake(
                identity.id(),
                identity.boot(),
                around.wall(),
                around.stepped(),
                (partition, key, value) -> writer.write(Topics.UNIT_EVENTS, partition, key, value));
        intake.start();
        return new IngestPart(intake, new OutcomesTopic(around.kafka(), intake, writer).start(), identity);
    }

    @Produces
    @Singleton
    OutcomeIntake intake(IngestPart part) {
        return part.intake();
    }
}
