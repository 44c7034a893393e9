package dev.ringside.metrics.trainingset;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.event.UnitEvent;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.InputsManifest;
import dev.ringside.contract.model.LoggedInputs;
import dev.ringside.metrics.archive.ArchiveReader;
import dev.ringside.metrics.attribution.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a slot was asked in a period, made of an archive: one row a request, whoever it was for and whatever came of it, so
 * that training rows can be held beside what a version would be asked. Copies of a prediction are one row.
 *
 * <p>The same archive read to the same offsets gives the same file, and an archive only grows.
 */
public final class ServedInputs {
    private static final Set<String> COLUMNS = Set.of("prediction_id", "predicted_at");

    private final Path archive;

    /** @param archive the folder of an {@link dev.ringside.metrics.archive.Archiver} */
    public ServedInputs(Path archive) {
        this.archive = archive;
    }

    /**
     * Writes the requests that were asked for as Parquet; the file appears whole.
     *
     * @return what it is, with the offsets that were read
     * @throws UnusableLog if the archive does not hold any, with every reason
     * @throws dev.ringside.metrics.archive.ArchiveDamage if the archive is not what was published
     */
    public InputsManifest write(LoggedInputs asked, Path file) throws IOException {
        ArchiveReader reader = ArchiveReader.open(archive);
        Map<Integer, Long> ends = LogEnds.of(asked.offsets(), reader.ends(), subject(asked));
        Path spill = Files.createTempDirectory("ringside-inputs-");
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (var staged = new StagedRequests(spill)) {
            Instant from = new Log(asked, staged).read(reader, ends);
            staged.choose(from);
            Map<String, Long> leftOut = staged.leftOut();
            var columns = new InputColumns();
            staged.show(columns);
            List<String> problems = columns.problems(COLUMNS);
            if (!problems.isEmpty()) {
                throw new UnusableLog(subject(asked), problems);
            }
            long rows = staged.write(partial, columns);
            if (rows == 0) {
                throw new UnusableLog(
                        subject(asked),
                        List.of("no request is a row; left out are " + leftOut
                                + ". Inputs are logged where the slot's log: says so"));
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            List<Instant> period = staged.period();
            return new InputsManifest(
                    asked.at(ends),
                    Digests.sha256(file),
                    rows,
                    leftOut,
                    period.getFirst(),
                    period.getLast(),
                    columns.sql());
        } catch (SQLException e) {
            throw new IOException("the requests cannot be read from " + archive + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
            LogEnds.delete(spill);
        }
    }

    private String subject(LoggedInputs asked) {
        Duration last = asked.last();
        return "the requests of slot '" + asked.slot() + "' in " + archive
                + (last == null
                        ? " from " + asked.from() + " to " + asked.to()
                        : " of the last " + DurationText.format(last));
    }

    /** One reading of the log. What lies too far before the newest request so far lies so before the last one too. */
    private static final class Log {
        private final LoggedInputs asked;
        private final StagedRequests staged;
        private @Nullable Instant newest;

        Log(LoggedInputs asked, StagedRequests staged) {
            this.asked = asked;
            this.staged = staged;
        }

        /** Reads all of it; says when the period begins. */
        Instant read(ArchiveReader reader, Map<Integer, Long> ends) throws IOException {
            reader.read((partition, offset, value) -> {
                if (offset < ends.getOrDefault(partition, 0L)) {
                    try {
                        accept(value);
                    } catch (SQLException e) {
                        throw new IOException(
                                "offset " + offset + " of partition " + partition + ": " + e.getMessage(), e);
                    }
                }
            });
            return from();
        }

        private void accept(byte[] value) throws SQLException {
            UnitEvent event;
            try {
                event = EventReader.read(value);
            } catch (IOException e) {
                return; // It went to the dead letters when it came.
            }
            if (!(event instanceof Prediction prediction) || !asked.slot().equals(prediction.slot())) {
                return;
            }
            Instant time = prediction.time();
            if (prediction.predictionId() == null || time == null || prediction.unit() == null) {
                return;
            }
            if (newest == null || time.isAfter(newest)) {
                newest = time;
            }
            Instant to = asked.to();
            if (!time.isBefore(from()) && (to == null || time.isBefore(to))) {
                staged.add(prediction, InputColumns.logged(value));
            }
        }

        private Instant from() {
            Duration last = asked.last();
            if (last == null) {
                return Objects.requireNonNull(asked.from());
            }
            return newest == null ? Instant.EPOCH : newest.minus(last);
        }
    }
}
