package dev.ringside.app.demo;

import dev.ringside.app.embedded.Ports;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How the demo is to run.
 *
 * @param ports where the platform listens
 * @param seed from which all chance follows
 * @param data another file of flights; null for the demo's own
 * @param rows about how many rows of it; null for all
 * @param models where the models are trained, and taken from where an earlier demo has trained them; null for the
 *     demo's own folder
 * @param until the day after the last whose flights are replayed
 * @param chaos whether everything is killed three times on the way
 * @param split whether each role is a process of its own
 * @param redis whether what airports know of a flight is kept in Redis instead of being sent
 * @param retrain whether a second challenger is trained from the platform's own log on the way
 * @param exit whether it ends after the report
 * @param json where the result is written; null for nowhere
 */
public record DemoOptions(
        Ports ports,
        long seed,
        @Nullable Path data,
        @Nullable Long rows,
        @Nullable Path models,
        LocalDate until,
        boolean chaos,
        boolean split,
        boolean redis,
        boolean retrain,
        boolean exit,
        @Nullable Path json) {
    /** The first day that is replayed: the models are trained on the months before. */
    public static final LocalDate FIRST_DAY = LocalDate.parse("2001-04-01");

    /** The day after the last that can be replayed. */
    public static final LocalDate END = LocalDate.parse("2001-07-01");

    /** Checks the ranges. */
    public DemoOptions {
        InvalidInput.require(
                until.isAfter(FIRST_DAY) && !until.isAfter(END),
                "--until",
                "expected a day after " + FIRST_DAY + ", at the latest " + END + ", found " + until);
        InvalidInput.require(
                !retrain || until.isAfter(Retraining.DAY),
                "--retrain",
                "trains on " + Retraining.DAY
                        + " and tries what it has trained afterwards: expected --until after that," + " found "
                        + until);
        InvalidInput.require(
                json == null || Files.isDirectory(folder(json)),
                "--json",
                "expected a file in a folder that exists, found " + json);
        InvalidInput.require(rows == null || rows > 0, "--rows", "expected a number above 0, found " + rows);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** Writes the result where it is wanted; a file appears whole. */
    void writeJson(Object result) throws IOException {
        if (json == null) {
            return;
        }
        String text = Json.pretty(result) + "\n";
        if (Files.exists(json) && !Files.isRegularFile(json)) {
            Files.writeString(json, text); // such as /dev/stdout
            return;
        }
        WholeFile.write(json, text);
    }

    /** Whether all flights are replayed. */
    boolean isWhole() {
        return until.equals(END);
    }
}
