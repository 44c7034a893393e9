package dev.ringside.experiments.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIf;

/** Reference values made by software that this project did not write. */
public final class Oracles {
    /** A comma before which quotes are even. */
    private static final String OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private Oracles() {}

    /** The test reads reference values from the shared folder. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIf(
            value = "dev.ringside.experiments.analysis.Oracles#present",
            disabledReason = "no reference values: neither RINGSIDE_SHARED nor ../../shared has a folder oracles")
    public @interface Needed {}

    public static boolean present() {
        return Files.isDirectory(folder());
    }

    private static Path folder() {
        String shared = System.getenv("RINGSIDE_SHARED");
        return Path.of(shared == null ? "../../shared" : shared, "oracles");
    }

    public static JsonNode json(String file) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(folder().resolve(file)));
    }

    public static List<Map<String, String>> csv(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder().resolve(file));
        String[] names = lines.getFirst().split(",", -1);
        var rows = new ArrayList<Map<String, String>>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(OUTSIDE_QUOTES, -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    public static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
