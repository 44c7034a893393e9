package dev.ringside.training.run;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code run.json}: which steps were begun and which are done, of what.
 *
 * @param format 1
 * @param steps by name
 */
record RunRecord(int format, Map<String, StepRecord> steps) {
    static final String FILE = "run.json";
    private static final int FORMAT = 1;

    RunRecord {
        steps = Collections.unmodifiableMap(new TreeMap<>(steps));
    }

    static RunRecord none() {
        return new RunRecord(FORMAT, Map.of());
    }

    /**
     * Reads the record of a folder; none where there is no file.
     *
     * @throws RunFailure if it cannot be read
     */
    static RunRecord read(Path folder) {
        Path file = folder.resolve(FILE);
        String mend = "; delete the folder " + folder.toAbsolutePath().normalize() + " to begin anew";
        try {
            if (!Files.exists(file)) {
                return none();
            }
            RunRecord read = Json.readDocument(Files.readAllBytes(file), RunRecord.class);
            if (read.format != FORMAT) {
                throw new RunFailure(file + " has format " + read.format + ", expected " + FORMAT + mend);
            }
            return read;
        } catch (InvalidInput | IOException e) {
            throw new RunFailure(file + " cannot be read: " + e.getMessage() + mend, e);
        }
    }

    void write(Path folder) {
        DurableFile.write(folder.resolve(FILE), StepFiles.text(this));
    }

    @Nullable
    StepRecord of(Step step) {
        return steps.get(step.toString());
    }

    RunRecord with(Step step, StepRecord record) {
        Map<String, StepRecord> changed = new TreeMap<>(steps);
        changed.put(step.toString(), record);
        return new RunRecord(format, changed);
    }

    /** Without a step and those behind it. */
    RunRecord before(Step step) {
        Map<String, StepRecord> changed = new TreeMap<>(steps);
        step.andBehind().forEach(other -> changed.remove(other.toString()));
        return new RunRecord(format, changed);
    }
}
