package dev.ringside.training.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights as a file in the safetensors format: the length of a header as eight bytes, the header as JSON with type, shape
 * and place of each array, then all numbers, least significant byte first. Nothing in it is code, any safetensors library
 * reads it, and equal weights give equal bytes.
 *
 * @param weights the arrays, FP32
 * @param about texts that stand in the header beside them
 */
public record WeightsFile(Weights weights, Map<String, String> about) {
    private static final String METADATA = "__metadata__";

    /** Names of arrays that no step changes, as a JSON list. */
    private static final String RUNNING = "running";

    private static final int ALIGNMENT = 8;
    private static final int LONGEST_HEADER = 100_000_000;

    /** Checks that no text is called as the one that is kept here. */
    public WeightsFile {
        about = Collections.unmodifiableMap(new TreeMap<>(about));
        if (about.containsKey(RUNNING)) {
            throw new IllegalArgumentException("a text about weights cannot be called '" + RUNNING + "'");
        }
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        ObjectNode header = Json.mapper().createObjectNode();
        ObjectNode metadata = header.putObject(METADATA);
        new TreeMap<>(about).forEach(metadata::put);
        List<String> running = new ArrayList<>();
        int end = 0;
        for (Map.Entry<String, Weights.Values> entry : weights.all().entrySet()) {
            Weights.Values values = entry.getValue();
            ObjectNode array = header.putObject(entry.getKey()).put("dtype", "F32");
            var shape = array.putArray("shape");
            for (long dimension : values.shape()) {
                shape.add(dimension);
            }
            int start = end;
            end = Math.addExact(start, Math.multiplyExact(Float.BYTES, values.values().length));
            array.putArray("data_offsets").add(start).add(end);
            if (!values.trained()) {
                running.add(entry.getKey());
            }
        }
        if (!running.isEmpty()) {
            metadata.put(RUNNING, Json.write(running));
        }
        byte[] words = header.toString().getBytes(UTF_8);
        int padded = (words.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(Long.BYTES + padded, end))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(words);
        while (file.position() < Long.BYTES + padded) {
            file.put((byte) ' ');
        }
        for (Weights.Values values : weights.all().values()) {
            file.asFloatBuffer().put(values.values());
            file.position(file.position() + Float.BYTES * values.values().length);
        }
        return file.array();
    }

    /**
     * Reads a file, by this class or any other writer of the format.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static WeightsFile read(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = file.length < Long.BYTES ? -1 : buffer.getLong();
        if (length < 0 || length > Math.min(LONGEST_HEADER, file.length - Long.BYTES)) {
            throw new IllegalArgumentException(
                    "is no safetensors file, or half of one: it has " + file.length + " bytes, its header " + length);
        }
        JsonNode header;
        try {
            header = Json.read(new String(file, Long.BYTES, (int) length, UTF_8).strip(), JsonNode.class);
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("has a header that is no JSON: " + e.getMessage(), e);
        }
        Map<String, String> about = new TreeMap<>();
        header.path(METADATA)
                .properties()
                .forEach(text -> about.put(text.getKey(), text.getValue().asText()));
        String running = about.remove(RUNNING);
        List<String> untrained = running == null ? List.of() : List.of(Json.read(running, String[].class));
        return new WeightsFile(arrays(header, untrained, buffer.slice().position((int) length)), about);
    }

    private static Weights arrays(JsonNode header, List<String> untrained, ByteBuffer behind) {
        ByteBuffer data = behind.slice().order(ByteOrder.LITTLE_ENDIAN);
        var weights = new Weights();
        List<Map.Entry<String, JsonNode>> arrays = header.properties().stream()
                .filter(array -> !array.getKey().equals(METADATA))
                .sorted(Comparator.comparingLong(
                        array -> array.getValue().path("data_offsets").path(0).asLong()))
                .toList();
        long expected = 0;
        for (Map.Entry<String, JsonNode> array : arrays) {
            String type = array.getValue().path("dtype").asText();
            if (!type.equals("F32")) {
                throw new IllegalArgumentException("has '" + array.getKey() + "' as " + type + ", expected F32");
            }
            List<Long> shape = new ArrayList<>();
            array.getValue().path("shape").forEach(dimension -> shape.add(dimension.asLong()));
            long from = array.getValue().path("data_offsets").path(0).asLong(-1);
            long to = array.getValue().path("data_offsets").path(1).asLong(-1);
            long numbers = shape.stream().reduce(1L, Math::multiplyExact);
            if (from != expected || to != from + Float.BYTES * numbers || to > data.capacity()) {
                throw new IllegalArgumentException("has '" + array.getKey() + "' of shape " + shape + " in bytes "
                        + from + " to " + to + " of " + data.capacity() + ", expected " + expected + " to "
                        + (expected + Float.BYTES * numbers));
            }
            float[] values = new float[(int) numbers];
            data.position((int) from).asFloatBuffer().get(values);
            weights.put(
                    array.getKey(),
                    values,
                    !untrained.contains(array.getKey()),
                    shape.stream().mapToLong(Long::longValue).toArray());
            expected = to;
        }
        if (expected != data.capacity()) {
            throw new IllegalArgumentException("has " + data.capacity() + " bytes of numbers, expected " + expected);
        }
        return weights;
    }
}
