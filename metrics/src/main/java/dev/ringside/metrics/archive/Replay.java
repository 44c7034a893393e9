package dev.ringside.metrics.archive;

import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.moments.KpiMessage;
import dev.ringside.metrics.attribution.Attribution;
import dev.ringside.metrics.attribution.Definitions;
import dev.ringside.metrics.attribution.EventReader;
import dev.ringside.metrics.attribution.MemoryState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Attributes an archive again, from its first record, with the classes that the running aggregator uses and a state in
 * memory: what it says at an offset is what was said then.
 */
public final class Replay {
    private final ArchiveReader archive;
    private final int partitions;
    private final Definitions definitions;
    private final int unitOutcomes;

    /**
     * Prepares a replay.
     *
     * @param partitions of the installation
     * @param definitions of all epochs that the archive speaks of
     * @param unitOutcomes as the aggregator ran with
     */
    public Replay(ArchiveReader archive, int partitions, Definitions definitions, int unitOutcomes) {
        this.archive = archive;
        this.partitions = partitions;
        this.definitions = definitions;
        this.unitOutcomes = unitOutcomes;
    }

    /**
     * Reads the archive once. The receiver gets what the aggregator sent to {@code kpi-moments}, partition by partition
     * in the order of offsets: cells and arms, then the snapshot that names the offset.
     */
    public void run(Consumer<KpiMessage> receiver) throws IOException {
        Map<Integer, Attribution> attributions = new HashMap<>();
        archive.read((partition, offset, value) -> {
            UnitEvent event;
            try {
                event = EventReader.read(value);
            } catch (IOException e) {
                // Went to dead-letter when it came, and counts for nothing now.
                return;
            }
            attributions
                    .computeIfAbsent(
                            partition,
                            p -> new Attribution(p, partitions, new MemoryState(), definitions, unitOutcomes))
                    .accept(event, offset)
                    .messages()
                    .forEach(receiver);
        });
    }
}
