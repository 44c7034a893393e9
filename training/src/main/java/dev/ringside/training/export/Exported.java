package dev.ringside.training.export;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as a file.
 *
 * @param onnx the file
 * @param parity what was compared with ONNX Runtime
 * @param checkpoint the file from which another training can go on; null where there is none
 * @param embeddings what people look at of learnt vectors, by the name of the file
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once; never compared
public record Exported(
        byte[] onnx, ParityGate.Passed parity, byte @Nullable [] checkpoint, Map<String, String> embeddings) {
    /** Keeps the pages as they are. */
    public Exported {
        embeddings = Collections.unmodifiableMap(new TreeMap<>(embeddings));
    }
}
