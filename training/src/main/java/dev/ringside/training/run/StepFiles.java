package dev.ringside.training.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.json.Json;
import java.util.Map;
import java.util.function.Function;

/**
 * How what a step makes lies in files.
 *
 * @param <T> what it makes
 */
public interface StepFiles<T> {
    /** The files' bytes by their names. */
    Map<String, byte[]> write(T made);

    /**
     * Takes what was made out of its files.
     *
     * @param files the names of all of them to their bytes
     */
    T read(Map<String, byte[]> files);

    /** One JSON file. */
    static <T> StepFiles<T> json(String file, Class<T> type) {
        return of(made -> Map.of(file, text(made)), files -> Json.read(bytes(files, file), type));
    }

    /** One file as it is. */
    static StepFiles<byte[]> bytes(String file) {
        return of(made -> Map.of(file, made), files -> bytes(files, file));
    }

    /** Out of two functions. */
    static <T> StepFiles<T> of(Function<T, Map<String, byte[]>> write, Function<Map<String, byte[]>, T> read) {
        return new StepFiles<>() {
            @Override
            public Map<String, byte[]> write(T made) {
                return write.apply(made);
            }

            @Override
            public T read(Map<String, byte[]> files) {
                return read.apply(files);
            }
        };
    }

    /** A value as the text of a JSON file. */
    static byte[] text(Object value) {
        return (Json.pretty(value) + "\n").getBytes(UTF_8);
    }

    /** A file that must be among them. */
    static byte[] bytes(Map<String, byte[]> files, String name) {
        byte[] found = files.get(name);
        if (found == null) {
            throw new IllegalStateException("a step that is done has no file " + name + ", only " + files.keySet());
        }
        return found;
    }
}
