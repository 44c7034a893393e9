package dev.ringside.metrics.attribution;

import dev.ringside.contract.event.Mark;
import dev.ringside.contract.event.Outcome;
import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.moments.KpiMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of single units by the rules that verdicts are made with: the attribution of one partition, asked for an
 * experiment that never ran, in which each prediction is an arm of its own. So a closed cell is one unit, its variant the
 * unit's first prediction, and its sum the unit's value; first exposures, windows, grace, revisions, copies and closing are
 * those of {@link Attribution}, as it is what runs.
 */
public final class RowAttribution {
    private static final String EXPERIMENT = "rows";
    private static final int EPOCH = 1;

    private final Attribution attribution;
    private final Receiver receiver;
    private @Nullable Instant horizon;

    /** What takes values that are final. */
    @FunctionalInterface
    public interface Receiver {
        /** The value of the unit whose first prediction among the rows it was, in micro-units. */
        void closed(PredictionId first, long micros);
    }

    /**
     * Begins with a partition's first record.
     *
     * @param slot whose predictions are rows
     * @param kpi the rules
     * @param unitOutcomes as the aggregator ran with
     */
    public RowAttribution(
            int partition, int partitions, String slot, KpiDefinition kpi, int unitOutcomes, Receiver receiver) {
        var definitions = new Definitions(Duration.ZERO);
        definitions.accept(new EpochDefinition(EXPERIMENT, EPOCH, slot, List.of("row"), List.of(kpi)));
        this.attribution = new Attribution(partition, partitions, new MemoryState(), definitions, unitOutcomes);
        this.receiver = receiver;
    }

    /**
     * Takes in the next event.
     *
     * @param row whether a prediction is to be a row
     */
    public void accept(UnitEvent event, long offset, boolean row) {
        UnitEvent asked = switch (event) {
            case Prediction prediction ->
                row
                        ? prediction.exposedTo(
                                EXPERIMENT, EPOCH, prediction.predictionId().text())
                        : prediction.exposedTo(null, null, null);
            case Outcome outcome -> outcome;
            case Mark mark -> mark;
        };
        for (KpiMessage message : attribution.accept(asked, offset).messages()) {
            switch (message) {
                case KpiMessage.Cell cell -> {
                    if (cell.closed() && cell.moments().units() == 1) {
                        receiver.closed(
                                new PredictionId(cell.key().variant()),
                                cell.moments().y().longValueExact());
                    }
                }
                case KpiMessage.Snapshot snapshot -> horizon = snapshot.horizon();
                case KpiMessage.Arm _ -> {}
            }
        }
    }

    /** Up to when all is counted; null before the first mark. */
    public @Nullable Instant horizon() {
        return horizon;
    }
}
