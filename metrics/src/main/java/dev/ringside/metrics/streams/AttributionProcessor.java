package dev.ringside.metrics.streams;

import com.fasterxml.jackson.core.JacksonException;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.metrics.DeadLetter;
import dev.ringside.metrics.attribution.Attribution;
import dev.ringside.metrics.attribution.Definitions;
import dev.ringside.metrics.attribution.Emissions;
import dev.ringside.metrics.attribution.EventReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The attribution of one partition as a task: what an event makes it say is forwarded in the same call, so that it
 * stands in one transaction with the state and with the position in the log. A record that is no event goes to the dead
 * letters; the task goes on.
 */
final class AttributionProcessor implements Processor<byte[], byte[], byte[], Object> {
    static final String MOMENTS = "kpi-moments";
    static final String LATE = "outcomes-late";
    static final String DEAD = "dead-letter";

    private final int partitions;
    private final Definitions definitions;
    private final int unitOutcomes;
    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable Attribution attribution;

    AttributionProcessor(int partitions, Definitions definitions, int unitOutcomes) {
        this.unitOutcomes = unitOutcomes;
        this.partitions = partitions;
        this.definitions = definitions;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        this.attribution = new Attribution(
                context.taskId().partition(), partitions, new StoreState(context), definitions, unitOutcomes);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || attribution == null) {
            throw new IllegalStateException("a record came before init");
        }
        RecordMetadata at = context.recordMetadata().orElseThrow();
        UnitEvent event;
        try {
            event = EventReader.read(record.value());
        } catch (IOException e) {
            byte[] bytes = record.value() == null ? new byte[0] : record.value();
            forward(
                    context,
                    record,
                    DEAD,
                    null,
                    DeadLetter.of("not an event: " + reason(e), at.topic(), at.partition(), at.offset(), bytes));
            return;
        }
        Emissions emissions = attribution.accept(event, at.offset());
        for (KpiMessage message : emissions.messages()) {
            forward(context, record, MOMENTS, key(message), message);
        }
        for (Outcome outcome : emissions.late()) {
            byte[] key =
                    ByteBuffer.allocate(Long.BYTES).putLong(outcome.unitHash()).array();
            forward(context, record, LATE, key, outcome);
        }
        for (DeadLetter letter : emissions.deadLetters()) {
            forward(context, record, DEAD, null, letter);
        }
        if (emissions.moved()) {
            context.commit();
        }
    }

    private static String reason(IOException e) {
        return e instanceof JacksonException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    private static byte[] key(KpiMessage message) {
        String text = switch (message) {
            case KpiMessage.Cell cell -> cell.key().text();
            case KpiMessage.Arm arm -> arm.key().text();
            case KpiMessage.Snapshot snapshot -> "snapshot";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void forward(
            ProcessorContext<byte[], Object> context,
            Record<byte[], byte[]> record,
            String to,
            byte @Nullable [] key,
            Object value) {
        context.forward(new Record<>(key, value, record.timestamp()), to);
    }
}
