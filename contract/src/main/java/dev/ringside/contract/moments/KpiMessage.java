package dev.ringside.contract.moments;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of the topic {@code kpi-moments}, whose partitions are those of {@code unit-events}. In one transaction a
 * partition's task sends all cells and arms that changed or closed, then one snapshot.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schema")
@JsonSubTypes({
    @JsonSubTypes.Type(value = KpiMessage.Cell.class, name = "ringside.cell/1"),
    @JsonSubTypes.Type(value = KpiMessage.Arm.class, name = "ringside.arm/1"),
    @JsonSubTypes.Type(value = KpiMessage.Snapshot.class, name = "ringside.snapshot/1")
})
public sealed interface KpiMessage {

    /** The partition that it speaks of. */
    int partition();

    /**
     * The moments of a cell in one partition, replacing what was said before. Partitions hold disjoint units: the reader
     * adds them.
     */
    record Cell(int partition, CellKey key, Moments moments, boolean closed) implements KpiMessage {
        /** Refuses what a parser left out: a cell that lacks something must not be counted as if it had nothing. */
        public Cell {
            requireNonNull(key, "key");
            requireNonNull(moments, "moments");
        }
    }

    /**
     * The units of an arm's cohort in one partition, replacing what was said before.
     *
     * @param counts what is final when every KPI has closed
     * @param closed whether every KPI has closed
     * @param exposures what is final when the horizon has passed the cohort's end; null from an aggregator of before
     * @param complete whether the horizon has passed the cohort's end, so that exposures do not change any more
     */
    record Arm(
            int partition,
            ArmKey key,
            ArmCounts counts,
            boolean closed,
            @Nullable ExposureCounts exposures,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean complete)
            implements KpiMessage {
        /** Refuses what a parser left out. */
        public Arm {
            requireNonNull(key, "key");
            requireNonNull(counts, "counts");
        }

        /** An arm of which only what the KPIs' closing decides is known. */
        public Arm(int partition, ArmKey key, ArmCounts counts, boolean closed) {
            this(partition, key, counts, closed, null, false);
        }

        /** Reads one, those of an aggregator too that did not know of completeness yet. */
        @JsonCreator
        static Arm of(
                @JsonProperty("partition") int partition,
                @JsonProperty("key") ArmKey key,
                @JsonProperty("counts") ArmCounts counts,
                @JsonProperty("closed") boolean closed,
                @JsonProperty("exposures") @Nullable ExposureCounts exposures,
                @JsonProperty("complete") @Nullable Boolean complete) {
            return new Arm(partition, key, counts, closed, exposures, Boolean.TRUE.equals(complete));
        }
    }

    /**
     * The end of a consistent set: everything said before it in this partition holds for the horizon.
     *
     * @param horizon every event with a time before it is counted
     * @param offset the offset in {@code unit-events} of the mark that moved the horizon
     * @param writers what is known of each writer here
     * @param totals events by final or provisional class, since the installation began
     */
    record Snapshot(int partition, Instant horizon, long offset, List<Writer> writers, Totals totals)
            implements KpiMessage {
        public Snapshot {
            requireNonNull(horizon, "horizon");
            requireNonNull(totals, "totals");
            writers = List.copyOf(writers);
        }
    }

    /**
     * A writer as a partition knows it.
     *
     * @param through all of its events with a time before this are in the log
     * @param open false after an orderly stop or a retirement
     * @param leftOut an ingest too far behind the furthest mark: the horizon does not wait for it
     */
    record Writer(
            String writer, String role, long boot, @Nullable Instant through, boolean open, boolean leftOut) {}

    /**
     * Counts of one partition since the installation began. Every outcome record is in exactly one class once it is
     * final; until then it is pending.
     *
     * @param predictions predictions taken in, repeats of a spool's sequence left out
     * @param repeatedPredictions records that were shipped again after a crash, dropped
     * @param refused predictions of a second unit with the hash of a first, and misplaced records
     * @param outcomes outcome records by class: {@code counted, outside, late, unmatched, duplicates, superseded, pending}
     */
    record Totals(long predictions, long repeatedPredictions, long refused, Map<OutcomeClass, Long> outcomes) {
        public Totals {
            outcomes = Map.copyOf(outcomes);
        }
    }
}
