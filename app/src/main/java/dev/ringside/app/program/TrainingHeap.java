package dev.ringside.app.program;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.retraining.TrainerArguments;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the Java part of a training may take. Its rows are there as columns; DuckDB, libtorch and XGBoost have
 * memory of their own, in which the rows are once more.
 *
 * @param megabytes the most that the heap may become
 */
public record TrainingHeap(long megabytes) {
    /** What every training gets, as before anything was known of the machine. */
    private static final long LEAST = 1024;

    private static final long DUCKDB = 1024;
    private static final double SHARE = 0.8;
    private static final String TOGETHER = "LOCAL_WORLD_SIZE";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MB|GB)", Pattern.CASE_INSENSITIVE);

    /**
     * Half of what is left of the machine's memory: a fifth is left to others, DuckDB takes its limit, and the other half
     * is for native libraries. Processes that run at once share the machine.
     *
     * @param machine memory of the machine, or of the container, in megabytes
     * @param duckdb DuckDB's limit in megabytes
     * @param processes how many run at once
     */
    static TrainingHeap of(long machine, long duckdb, int processes) {
        long half = (long) (machine * SHARE / processes - duckdb) / 2;
        return new TrainingHeap(Math.max(LEAST, half));
    }

    /** As that, where no launcher stands around the command. */
    public static TrainingHeap of(List<String> arguments, long machine) {
        return of(arguments, machine, Map.of());
    }

    /**
     * By what the document among the arguments says of its memory and its search, and how many processes share it; what
     * cannot be read is told later.
     *
     * @param environment in which a launcher of the kind of torchrun says how many it has started on this machine
     */
    public static TrainingHeap of(List<String> arguments, long machine, Map<String, String> environment) {
        var trainer = new TrainerArguments(arguments);
        Path file = trainer.document();
        int ranks = ranks(trainer, environment);
        if (file == null) {
            return of(machine, DUCKDB, ranks);
        }
        try {
            JsonNode document = Json.readYaml(Files.readString(file), JsonNode.class);
            String memory = document.path("memory").asText();
            return of(
                    machine,
                    SIZE.matcher(memory).matches() ? parse(memory) : DUCKDB,
                    Math.clamp(document.path("search").path("parallel").asInt(1), ranks, 1024));
        } catch (IOException | InvalidInput e) {
            return of(machine, DUCKDB, ranks);
        }
    }

    /** How many processes of one training are on this machine, as far as it is said; those by hand are each on its own. */
    private static int ranks(TrainerArguments trainer, Map<String, String> environment) {
        if (trainer.value("--rank") != null) {
            return 1;
        }
        String said = trainer.value("--processes");
        String processes = said == null ? environment.getOrDefault(TOGETHER, "") : said;
        return processes.matches("\\d{1,3}") ? Math.max(1, Integer.parseInt(processes)) : 1;
    }

    /**
     * Reads a size such as 800MB or 2GB.
     *
     * @return megabytes
     * @throws IllegalArgumentException saying what was expected
     */
    public static long parse(String size) {
        Matcher found = SIZE.matcher(size.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException("expected a size such as 800MB or 2GB, found " + size);
        }
        long count = Long.parseLong(found.group(1));
        return found.group(2).equalsIgnoreCase("GB") ? count * 1024 : count;
    }
}
