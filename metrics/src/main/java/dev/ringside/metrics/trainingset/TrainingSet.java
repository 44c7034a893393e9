package dev.ringside.metrics.trainingset;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.kpi.EpochDefinition;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.contract.model.RowsManifest;
import dev.ringside.metrics.archive.ArchiveReader;
import dev.ringside.metrics.attribution.EventReader;
import dev.ringside.metrics.attribution.RowAttribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows for training, made of an archive: a slot's units by their first prediction in a period, with what they were asked
 * and what became of them, once that is final. Units that an experiment or a hold-back had in that period are left out,
 * unless they are asked for: what an experiment is to be judged by must not teach its next challenger.
 *
 * <p>The same archive read to the same offsets gives the same file, and an archive only grows: so the offsets say for ever
 * which rows they are.
 */
public final class TrainingSet {
    private static final Set<String> COLUMNS =
            Set.of("prediction_id", "predicted_at", "predicted_for", "predicted_in", "predicted_by");

    private final Path archive;
    private final int unitOutcomes;

    /**
     * @param archive the folder of an {@link dev.ringside.metrics.archive.Archiver}
     * @param unitOutcomes how many outcomes of one unit the aggregator keeps
     */
    public TrainingSet(Path archive, int unitOutcomes) {
        this.archive = archive;
        this.unitOutcomes = unitOutcomes;
    }

    /**
     * Writes the rows that were asked for as Parquet; the file appears whole.
     *
     * @return what it is, with the offsets that were read
     * @throws UnusableLog if the archive does not hold what they are made of, with every reason
     * @throws dev.ringside.metrics.archive.ArchiveDamage if the archive is not what was published
     */
    public RowsManifest write(LoggedRows asked, Path file) throws IOException {
        ArchiveReader reader = ArchiveReader.open(archive);
        Map<Integer, Long> ends = LogEnds.of(asked.offsets(), reader.ends(), subject(asked));
        Path spill = Files.createTempDirectory("ringside-rows-");
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (var staged = new StagedRows(spill)) {
            var inputs = new InputColumns();
            Instant horizon = new Log(asked, ends, staged, inputs).read(reader);
            staged.choose();
            Map<String, Long> leftOut = staged.leftOut();
            List<String> problems = inputs.problems(taken(asked));
            if (!problems.isEmpty()) {
                throw new UnusableLog(subject(asked), problems);
            }
            long rows = staged.write(partial, asked.outcome(), inputs);
            if (rows == 0) {
                throw new UnusableLog(subject(asked), List.of(none(leftOut, horizon)));
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            return new RowsManifest(
                    asked.at(ends),
                    Digests.sha256(file),
                    rows,
                    leftOut,
                    horizon,
                    staged.unitsPerDay(asked.from(), asked.to()));
        } catch (SQLException e) {
            throw new IOException("the rows cannot be made of " + archive + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
            LogEnds.delete(spill);
        }
    }

    private String subject(LoggedRows asked) {
        return "the log of slot '" + asked.slot() + "' in " + archive + " from " + asked.from() + " to " + asked.to();
    }

    private static Set<String> taken(LoggedRows asked) {
        Set<String> taken = new TreeSet<>(COLUMNS);
        taken.add(asked.outcome());
        return taken;
    }

    private static String none(Map<String, Long> leftOut, Instant horizon) {
        return "no unit is a row; left out are " + leftOut + ", outcomes are final for what was predicted early enough"
                + " before " + horizon
                + ". Inputs are logged where the slot's log: says so; units of experiments are rows"
                + " with include: experiments";
    }

    /** One reading of the log, partition by partition. */
    private final class Log {
        private final LoggedRows asked;
        private final KpiDefinition kpi;
        private final Map<Integer, Long> ends;
        private final StagedRows staged;
        private final InputColumns inputs;
        private final Map<Integer, RowAttribution> attributions = new HashMap<>();

        Log(LoggedRows asked, Map<Integer, Long> ends, StagedRows staged, InputColumns inputs) {
            this.asked = asked;
            this.kpi = asked.kpi();
            this.ends = ends;
            this.staged = staged;
            this.inputs = inputs;
        }

        /** Reads all of it; says up to when every partition is counted. */
        Instant read(ArchiveReader reader) throws IOException, SQLException {
            reader.read((partition, offset, value) -> {
                if (offset < ends.getOrDefault(partition, 0L)) {
                    accept(partition, offset, value);
                }
            });
            Instant least = Instant.MAX;
            for (int partition : ends.keySet()) {
                RowAttribution attribution = attributions.get(partition);
                Instant horizon = attribution == null ? null : attribution.horizon();
                if (horizon == null) {
                    throw new UnusableLog(
                            subject(asked),
                            List.of("partition " + partition + " has no mark of every writer up to offset "
                                    + ends.get(partition) + ", so nothing is final there yet"));
                }
                staged.horizon(partition, horizon);
                least = horizon.isBefore(least) ? horizon : least;
            }
            return least;
        }

        private void accept(int partition, long offset, byte[] value) throws IOException {
            UnitEvent event;
            try {
                event = EventReader.read(value);
            } catch (IOException e) {
                return; // It went to the dead letters when it came, and counts for nothing.
            }
            try {
                attributions
                        .computeIfAbsent(partition, this::attribution)
                        .accept(
                                event,
                                offset,
                                event instanceof Prediction prediction && stage(partition, prediction, value));
            } catch (SQLException e) {
                throw new IOException("offset " + offset + " of partition " + partition + ": " + e.getMessage(), e);
            }
        }

        private RowAttribution attribution(int partition) {
            return new RowAttribution(partition, ends.size(), asked.slot(), kpi, unitOutcomes, (first, micros) -> {
                try {
                    staged.value(first, micros);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** Puts a prediction of the slot and period aside; says whether it may be a row. */
        private boolean stage(int partition, Prediction prediction, byte[] value) throws SQLException {
            Instant time = prediction.time();
            boolean whole = prediction.predictionId() != null
                    && time != null
                    && prediction.unit() != null
                    && prediction.segment() != null
                    && prediction.servedVersion() != null;
            if (!whole
                    || !asked.slot().equals(prediction.slot())
                    || time.isBefore(asked.from())
                    || !time.isBefore(asked.to())) {
                return false;
            }
            boolean inExperiment = !asked.experiments() && prediction.experiment() != null;
            List<Tensor> logged = inExperiment ? null : InputColumns.ofOneRow(InputColumns.logged(value));
            if (logged != null) {
                inputs.see(logged);
            }
            staged.add(
                    partition,
                    prediction,
                    inExperiment,
                    EpochDefinition.closes(kpi, EpochDefinition.floor(time, kpi.cohort())),
                    logged);
            return !inExperiment;
        }
    }
}
