package dev.ringside.training.export;

import ai.onnxruntime.OrtException;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A version's folder read back: the model that is in service, to be compared with. */
public final class StoredModel implements AutoCloseable {
    private final ModelManifest manifest;
    private final OnnxModel model;

    /**
     * Loads a folder that {@link ModelFolder} wrote.
     *
     * @throws IllegalArgumentException saying which file is missing or does not fit
     */
    public StoredModel(Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        Path description = folder.resolve("manifest.json");
        for (Path needed : List.of(file, description)) {
            if (!Files.isRegularFile(needed)) {
                throw new IllegalArgumentException(
                        "no file " + needed.toAbsolutePath().normalize()
                                + ": expected the folder of a version, as train writes it");
            }
        }
        try {
            manifest = Json.read(Files.readAllBytes(description), ModelManifest.class);
            byte[] onnx = Files.readAllBytes(file);
            if (!Digests.sha256(onnx).equals(manifest.sha256())) {
                throw new IllegalArgumentException(file + " is another file than its manifest says");
            }
            model = new OnnxModel(onnx);
        } catch (InvalidInput e) {
            throw new IllegalArgumentException(description + ": " + e.getMessage(), e);
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + ": ONNX Runtime refuses it: " + e.getMessage(), e);
        }
    }

    /** Slot and version. */
    public String name() {
        return manifest.slot() + "/" + manifest.version();
    }

    /** Digest of its file. */
    public String sha256() {
        return manifest.sha256();
    }

    /** The raw columns that it reads. */
    public List<FeatureSpec> features() {
        List<FeatureSpec> features = new ArrayList<>();
        for (TensorSpec input : manifest.signature().inputs()) {
            boolean list = input.shape().getLast() != 1;
            features.add(new FeatureSpec(
                    input.name(),
                    switch (input.datatype()) {
                        case INT64 -> FeatureType.INTEGER;
                        case BYTES -> list ? FeatureType.CATEGORIES : FeatureType.CATEGORY;
                        case FP32 -> list ? FeatureType.NUMBERS : FeatureType.NUMBER;
                        case BOOL, INT8, INT16, INT32, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP64 ->
                            throw new IllegalArgumentException(name() + ": input '" + input.name() + "' is "
                                    + input.datatype() + ", of which no column is made here");
                    }));
        }
        return features;
    }

    /** Its scores of rows, row after row. */
    public double[] score(Table rows) throws OrtException {
        return model.score(rows, features());
    }

    @Override
    public void close() {
        try {
            model.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot let go of " + name(), e);
        }
    }
}
