package dev.ringside.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.condition.EnabledIf;

/** Reference values and data that this project did not make. */
public final class SharedFolder {
    private SharedFolder() {}

    /** The test reads reference values. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIf(
            value = "dev.ringside.training.SharedFolder#hasOracles",
            disabledReason = "no reference values: neither RINGSIDE_SHARED nor ../../shared has a folder oracles")
    public @interface OraclesNeeded {}

    /** The test reads data sets. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIf(
            value = "dev.ringside.training.SharedFolder#hasData",
            disabledReason = "no data sets: neither RINGSIDE_DATA nor RINGSIDE_SHARED nor ../../shared names a folder")
    public @interface DataNeeded {}

    public static boolean hasOracles() {
        return Files.isDirectory(shared().resolve("oracles"));
    }

    public static boolean hasData() {
        return Files.isDirectory(data());
    }

    private static Path shared() {
        String shared = System.getenv("RINGSIDE_SHARED");
        return Path.of(shared == null ? "../../shared" : shared);
    }

    public static Path data() {
        String data = System.getenv("RINGSIDE_DATA");
        return data == null ? shared().resolve("data") : Path.of(data);
    }

    /** A data set. */
    public static Path data(String file) {
        return data().resolve(file);
    }

    public static JsonNode oracle(String file) throws IOException {
        return Json.mapper()
                .readTree(Files.readAllBytes(shared().resolve("oracles").resolve(file)));
    }

    /** The numbers of a JSON array. */
    public static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    /** One column of a CSV file whose fields have neither quotes nor commas, below its header. */
    public static List<String> column(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(data().resolve(file));
        int column = List.of(lines.getFirst().split(",", -1)).indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(file + " has no column " + name + ": " + lines.getFirst());
        }
        return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
    }

    /** One column of numbers. */
    public static double[] numbers(String file, String name) throws IOException {
        return column(file, name).stream().mapToDouble(Double::parseDouble).toArray();
    }
}
