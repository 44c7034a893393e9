package dev.ringside.engine.onnx;

import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look at how an ONNX file is built, before the runtime opens it: whether every part is as long as it says, and whether
 * the files that tensors lie in are in the model's own folder. The runtime would tell less, and follow a path out of it.
 *
 * <p>Weights are passed over, so it takes as long as the graph is large, not as the file is. Field numbers are those of
 * onnx.proto (IR version 13).
 */
final class OnnxStructure {
    private static final int DEEPEST = 64;
    private static final int VARIABLE = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    /** The messages of onnx.proto that a tensor may lie in, with the fields that lead to it. */
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR,
        ENTRY;

        @Nullable
        Message at(int field) {
            return switch (this) {
                case MODEL -> field == 7 ? GRAPH : field == 25 ? FUNCTION : null;
                case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : field == 15 ? SPARSE : null;
                case FUNCTION -> field == 7 ? NODE : field == 11 ? ATTRIBUTE : null;
                case NODE -> field == 5 ? ATTRIBUTE : null;
                case ATTRIBUTE ->
                    switch (field) {
                        case 5, 10 -> TENSOR;
                        case 6, 11 -> GRAPH;
                        case 22, 23 -> SPARSE;
                        default -> null;
                    };
                case SPARSE -> field == 1 || field == 2 ? TENSOR : null;
                case TENSOR -> field == 13 ? ENTRY : null;
                case ENTRY -> null;
            };
        }

        /** Whether a field of it is a text that is needed. */
        boolean hasText(int field) {
            return (this == TENSOR && field == 8) || (this == ENTRY && (field == 1 || field == 2));
        }
    }

    private final ProtoBytes bytes;
    private final Path folder;
    private final Map<String, String> external = new HashMap<>();
    private String name = "";
    private String key = "";

    private OnnxStructure(ProtoBytes bytes, Path folder) {
        this.bytes = bytes;
        this.folder = folder;
    }

    /**
     * Checks a file.
     *
     * @throws ModelFailure saying what is wrong
     */
    static void check(Path file) throws ModelFailure {
        Path folder = file.toAbsolutePath().getParent();
        try (var bytes = new ProtoBytes(file)) {
            if (bytes.size() == 0) {
                throw new ModelFailure("the file is empty");
            }
            new OnnxStructure(bytes, folder == null ? file : folder).read(Message.MODEL, bytes.size(), 0);
        } catch (IOException e) {
            throw new ModelFailure("the file cannot be read: " + words(e), e);
        }
    }

    private void read(Message message, long end, int depth) throws IOException, ModelFailure {
        if (depth > DEEPEST) {
            throw new ModelFailure("the file's graphs lie within each other more than " + DEEPEST + " deep");
        }
        while (bytes.position() < end) {
            long begin = bytes.position();
            long tag = bytes.number();
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARIABLE -> bytes.number();
                case EIGHT_BYTES -> bytes.seek(bytes.position() + 8);
                case FOUR_BYTES -> bytes.seek(bytes.position() + 4);
                case LENGTH -> part(message, field, end, depth);
                default ->
                    throw new ModelFailure(
                            "the file is no ONNX file: byte " + begin + " begins no field of protocol buffers");
            }
        }
        if (bytes.position() > end) {
            throw new ModelFailure("the file is no ONNX file, or damaged: a part ends at byte " + end
                    + ", and what it holds goes on to " + bytes.position());
        }
    }

    private void part(Message message, int field, long end, int depth) throws IOException, ModelFailure {
        long length = bytes.number();
        long begin = bytes.position();
        if (length < 0 || length > end - begin) {
            throw new ModelFailure("the file ends in the middle, or is no ONNX file: at byte " + begin
                    + " a part claims " + Long.toUnsignedString(length) + " bytes, and " + (end - begin)
                    + " are left");
        }
        Message inner = message.at(field);
        if (inner == Message.TENSOR) {
            name = "";
            external.clear();
        }
        if (inner != null) {
            read(inner, begin + length, depth + 1);
        } else if (message.hasText(field)) {
            text(message, field, bytes.text(length));
        } else {
            bytes.seek(begin + length);
        }
        if (inner == Message.TENSOR && !external.isEmpty()) {
            requireInside();
        }
    }

    private void text(Message message, int field, String text) {
        if (message == Message.TENSOR) {
            name = text;
        } else if (field == 1) {
            key = text;
        } else {
            external.put(key, text);
        }
    }

    /** The tensor that was read last lies in a file of the model's folder, whole. */
    private void requireInside() throws ModelFailure {
        String location = external.getOrDefault("location", "");
        String what = "tensor '" + name + "' lies in the file '" + location + "'";
        try {
            Path data = folder.resolve(location).normalize();
            if (location.isEmpty() || !data.startsWith(folder) || data.equals(folder)) {
                throw new ModelFailure(what + ", expected one in the folder of the model file");
            }
            Path real = data.toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw new ModelFailure(what + ", which is a link out of the folder of the model file");
            }
            if (!Files.isRegularFile(real)) {
                throw new ModelFailure(what + ", which is no file");
            }
            long offset = number("offset", 0);
            long size = Files.size(real);
            long length = number("length", Math.max(0, size - offset));
            if (offset > size || length > size - offset) {
                throw new ModelFailure(
                        what + " at byte " + offset + " with " + length + " bytes, and the file has " + size);
            }
        } catch (IOException | InvalidPathException e) {
            throw new ModelFailure(
                    what + ", which is not there or cannot be read: "
                            + (e instanceof IOException failure ? words(failure) : e.getMessage()),
                    e);
        }
    }

    private long number(String field, long otherwise) throws ModelFailure {
        String text = external.get(field);
        if (text == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ModelFailure("tensor '" + name + "': " + field + " of its file: expected a whole number of bytes,"
                + " found \"" + text + "\"");
    }

    /** Without the path: where the file lies on this machine is nobody's business. */
    private static String words(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName();
    }
}
