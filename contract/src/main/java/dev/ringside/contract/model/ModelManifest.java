package dev.ringside.contract.model;

import static dev.ringside.contract.InvalidInput.require;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.kpi.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What travels beside a model file and proves that it is the file that was trained.
 *
 * @param slot the slot that it is meant for
 * @param version its name within the slot
 * @param format how the file is to be read; {@link #ONNX}, {@link #TORCHSCRIPT} or {@link #REMOTE}
 * @param sha256 digest of the file, 64 lower-case hexadecimal digits
 * @param signature what goes in and comes out
 * @param golden rows whose answers the file must give again, wherever it is loaded
 * @param metrics what it scored offline, by name, such as {@code test_auc}
 * @param seed the random seed that it was trained with; null for a model that was not trained here
 * @param lineage where it came from; null for a model that was not trained here
 * @param description what there is to know about it, in somebody's words
 * @param batching how its requests are to wait and be run together; null where the server decides
 */
public record ModelManifest(
        String slot,
        String version,
        String format,
        String sha256,
        Signature signature,
        List<Golden> golden,
        Map<String, Double> metrics,
        @Nullable Long seed,
        @Nullable Lineage lineage,
        @Nullable String description,
        @Nullable Batching batching) {
    /** The format of ONNX files. */
    public static final String ONNX = "onnx";

    /** The format of TorchScript files. */
    public static final String TORCHSCRIPT = "torchscript";

    /** The format of documents that say where another server serves the model. */
    public static final String REMOTE = "remote";

    private static final int LONGEST_DESCRIPTION = 1_000;

    /** Checks names and digest, copies the collections. */
    public ModelManifest {
        Names.check("slot", slot);
        Names.check("version", version);
        require(format != null, "format", "missing: expected such as onnx");
        Digests.check("sha256", sha256);
        require(signature != null, "signature", "missing: expected inputs and outputs");
        golden = golden == null ? List.of() : List.copyOf(golden);
        metrics = metrics == null ? Map.of() : Map.copyOf(metrics);
        require(
                description == null || description.length() <= LONGEST_DESCRIPTION,
                "description",
                "expected at most " + LONGEST_DESCRIPTION + " characters, found "
                        + (description == null ? 0 : description.length()));
    }

    /** The server decides how requests wait and are run together. */
    public ModelManifest(
            String slot,
            String version,
            String format,
            String sha256,
            Signature signature,
            List<Golden> golden,
            Map<String, Double> metrics,
            @Nullable Long seed,
            @Nullable Lineage lineage,
            @Nullable String description) {
        this(slot, version, format, sha256, signature, golden, metrics, seed, lineage, description, null);
    }

    /** What the gates of its training refused it for; empty for a version that may serve. */
    public List<GateResult> refusals() {
        return lineage == null || lineage.gates() == null
                ? List.of()
                : lineage.gates().stream().filter(gate -> !gate.passed()).toList();
    }

    /** Why it may never serve, as a sentence; empty for a version that may. */
    public Optional<String> refusal() {
        List<GateResult> refusals = refusals();
        return refusals.isEmpty()
                ? Optional.empty()
                : Optional.of("version '" + version + "' of slot '" + slot
                        + "' was refused by the gates of its training and never serves: "
                        + refusals.stream().map(GateResult::words).collect(Collectors.joining("; "))
                        + "; train another version");
    }

    /**
     * Inputs and the outputs they must give.
     *
     * @param inputs all inputs of the signature
     * @param outputs outputs of the signature
     * @param tolerance greatest absolute difference of a number
     */
    public record Golden(List<Tensor> inputs, List<Tensor> outputs, double tolerance) {
        /** Copies the lists and checks the tolerance. */
        public Golden {
            require(inputs != null, "inputs", "missing: expected a tensor for each input");
            require(outputs != null, "outputs", "missing: expected a tensor for each output");
            require(tolerance >= 0, "tolerance", "expected 0 or more, found " + tolerance);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Where a model came from.
     *
     * @param dataSha256 digest of the data file that was read
     * @param configuration the training configuration, whole, as text
     * @param parent the version that it was fine-tuned from, {@code slot/version}
     * @param parentSha256 digest of that version's model file; null where the training did not read it
     * @param checkpointSha256 digest of the file from which another training can go on; null where there is none
     * @param software what trained it, such as {@code ringside 0.1.0}
     * @param log which rows of a platform's log the data file was made of; null for a file of other origin
     * @param gates what each gate said of it; null if none was asked
     */
    public record Lineage(
            String dataSha256,
            String configuration,
            @Nullable String parent,
            @Nullable String parentSha256,
            @Nullable String checkpointSha256,
            @Nullable String software,
            @Nullable LoggedRows log,
            @Nullable List<GateResult> gates) {
        /** Checks the digests, copies the list. */
        public Lineage {
            Digests.check("data_sha256", dataSha256);
            if (parentSha256 != null) {
                Digests.check("parent_sha256", parentSha256);
            }
            if (checkpointSha256 != null) {
                Digests.check("checkpoint_sha256", checkpointSha256);
            }
            require(configuration != null, "configuration", "missing: expected the training configuration as text");
            gates = gates == null ? null : List.copyOf(gates);
        }

        /** Of a training on a file of other origin that begins with no version's file, leaves none, and was asked by no gate. */
        public Lineage(String dataSha256, String configuration, @Nullable String parent, @Nullable String software) {
            this(dataSha256, configuration, parent, null, null, software, null, null);
        }
    }

    /**
     * What a gate said of a model before it was registered.
     *
     * @param gate its name, such as {@code champion_auc}
     * @param passed whether it let the model through
     * @param reason in words and figures; null where these would differ each time
     */
    public record GateResult(
            String gate, boolean passed, @Nullable String reason) {
        public GateResult {
            require(gate != null, "gate", "missing: every gate has a name");
        }

        /** The gate and its reason, where one was kept. */
        String words() {
            return reason == null ? gate : gate + ": " + reason;
        }
    }
}
