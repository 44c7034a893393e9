package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.serving.engine.LoadedModel;
import dev.ringside.serving.engine.ModelFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a model before anybody waits for one: first on its golden rows, then a few more to warm it. */
final class Rehearsal {
    private static final int WARM_RUNS = 3;

    private final ModelManifest manifest;
    private final LoadedModel model;

    Rehearsal(ModelManifest manifest, LoadedModel model) {
        this.manifest = manifest;
        this.model = model;
    }

    /**
     * Checks that the file gives the golden rows' outputs again.
     *
     * @throws ModelFailure naming the row, the output, the value, what was expected and what came
     */
    void golden() throws ModelFailure {
        for (int row = 0; row < manifest.golden().size(); row++) {
            Golden golden = manifest.golden().get(row);
            List<Tensor> outputs =
                    run(row, golden.outputs().stream().map(Tensor::name).toList());
            for (int i = 0; i < outputs.size(); i++) {
                String difference = difference(golden.outputs().get(i), outputs.get(i), golden.tolerance());
                if (difference != null) {
                    throw new ModelFailure(
                            "golden row " + row + ": output '" + outputs.get(i).name() + "' " + difference);
                }
            }
        }
    }

    private List<Tensor> run(int row, List<String> outputs) throws ModelFailure {
        for (String output : outputs) {
            if (manifest.signature().outputs().stream()
                    .noneMatch(spec -> spec.name().equals(output))) {
                throw new ModelFailure("golden row " + row + ": output '" + output + "' is not in the signature");
            }
        }
        List<TensorSpec> read = manifest.signature().inputs();
        try {
            List<Tensor> given = manifest.golden().get(row).inputs();
            return model.run(new Inputs("golden row " + row, read, read).of(given), outputs);
        } catch (InferenceFailure e) {
            throw new ModelFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String difference(Tensor expected, Tensor found, double tolerance) {
        if (!expected.shape().equals(found.shape()) || expected.datatype() != found.datatype()) {
            return "expected " + expected.datatype() + " " + expected.shape() + ", found " + found.datatype() + " "
                    + found.shape();
        }
        int size = expected.data().size();
        for (int i = 0; i < size; i++) {
            String value = "value " + i + ": expected ";
            switch (expected.data()) {
                case TensorData.Fp32(float[] a) -> {
                    float[] b = ((TensorData.Fp32) found.data()).values();
                    // What is not finite equals itself only: with NaN no difference is within a tolerance.
                    if (Float.compare(a[i], b[i]) != 0 && !(Math.abs((double) a[i] - b[i]) <= tolerance)) {
                        return value + a[i] + ", found " + b[i] + ", tolerance " + tolerance;
                    }
                }
                case TensorData.Int64(long[] a) -> {
                    long[] b = ((TensorData.Int64) found.data()).values();
                    if (a[i] != b[i] && !(Math.abs((double) a[i] - b[i]) <= tolerance)) {
                        return value + a[i] + ", found " + b[i] + ", tolerance " + tolerance;
                    }
                }
                case TensorData.Bytes(String[] a) -> {
                    String[] b = ((TensorData.Bytes) found.data()).values();
                    if (!a[i].equals(b[i])) {
                        return value + "\"" + a[i] + "\", found \"" + b[i] + "\"";
                    }
                }
            }
        }
        return null;
    }

    /**
     * Runs the model a few times, on its golden rows or, without any, on one row of zeros and empty texts.
     *
     * @throws ModelFailure if it fails on a golden row
     */
    void warm() throws ModelFailure {
        List<String> outputs =
                manifest.signature().outputs().stream().map(TensorSpec::name).toList();
        if (manifest.golden().isEmpty()) {
            warmOnZeros(outputs);
            return;
        }
        for (int i = 0; i < WARM_RUNS; i++) {
            run(i % manifest.golden().size(), outputs);
        }
    }

    private void warmOnZeros(List<String> outputs) {
        var zeros = new ArrayList<Tensor>();
        for (TensorSpec spec : manifest.signature().inputs()) {
            zeros.add(zeros(spec));
        }
        try {
            for (int i = 0; i < WARM_RUNS; i++) {
                model.run(zeros, outputs);
            }
        } catch (ModelFailure e) {
            // Zeros may be no valid request; that says nothing of the model.
        }
    }

    private static Tensor zeros(TensorSpec spec) {
        List<Long> shape = spec.shape().stream().map(n -> n < 0 ? 1 : n).toList();
        int size = shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
        return new Tensor(
                spec.name(),
                shape,
                switch (spec.datatype()) {
                    case FP32 -> new TensorData.Fp32(new float[size]);
                    case INT64 -> new TensorData.Int64(new long[size]);
                    case BYTES -> {
                        String[] texts = new String[size];
                        Arrays.fill(texts, "");
                        yield new TensorData.Bytes(texts);
                    }
                });
    }
}
