package dev.ringside.serving.catalog;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.serving.engine.ModelFailure;
import java.util.List;
import java.util.Optional;

/** The checks of names, digests, types and shapes that a version passes before its model is run at all. */
final class Verification {
    private Verification() {}

    /** The manifest is this version's, and fits the slot. */
    static void manifest(ModelManifest manifest, Desired desired) throws ModelFailure {
        equal("slot", desired.key().slot(), manifest.slot());
        equal("version", desired.key().version(), manifest.version());
        equal("sha256", desired.modelSha256(), manifest.sha256());
        try {
            manifest.signature().requireFits(desired.slot());
        } catch (InvalidInput e) {
            throw new ModelFailure("manifest: " + e.getMessage(), e);
        }
    }

    private static void equal(String field, String expected, String found) throws ModelFailure {
        if (!expected.equals(found)) {
            throw new ModelFailure("manifest: '" + field + "': expected \"" + expected
                    + "\" as the routing table says, found \"" + found + "\"");
        }
    }

    /** The file takes exactly the manifest's inputs and gives at least its outputs. */
    static void signature(Signature manifest, Signature file) throws ModelFailure {
        for (TensorSpec input : file.inputs()) {
            if (find(manifest.inputs(), input.name()).isEmpty()) {
                throw new ModelFailure(
                        "the file reads input '" + input.name() + "', the manifest names " + names(manifest.inputs()));
            }
        }
        for (TensorSpec input : manifest.inputs()) {
            compatible("input", input, file.inputs());
        }
        for (TensorSpec output : manifest.outputs()) {
            compatible("output", output, file.outputs());
        }
    }

    private static void compatible(String kind, TensorSpec expected, List<TensorSpec> file) throws ModelFailure {
        TensorSpec found = find(file, expected.name())
                .orElseThrow(() -> new ModelFailure(
                        "the manifest names " + kind + " '" + expected.name() + "', the file has " + names(file)));
        if (expected.datatype() != found.datatype()) {
            throw new ModelFailure(kind + " '" + expected.name() + "' is " + expected.datatype() + " in the manifest, "
                    + found.datatype() + " in the file");
        }
        boolean fits = expected.shape().size() == found.shape().size();
        for (int i = 0; fits && i < expected.shape().size(); i++) {
            long mine = expected.shape().get(i);
            long theirs = found.shape().get(i);
            fits = mine == theirs || mine < 0 || theirs < 0;
        }
        if (!fits) {
            throw new ModelFailure(kind + " '" + expected.name() + "' has shape " + expected.shape()
                    + " in the manifest, " + found.shape() + " in the file");
        }
    }

    private static Optional<TensorSpec> find(List<TensorSpec> specs, String name) {
        return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
