package dev.ringside.serving.verification;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelManifest.Golden;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a model before anybody waits for one: first on its golden rows, then a few more to warm it. */
public final class Rehearsal {
    private static final int WARM_RUNS = 3;

    private final ModelManifest manifest;
    private final LoadedModel model;

    public Rehearsal(ModelManifest manifest, LoadedModel model) {
        this.manifest = manifest;
        this.model = model;
    }

    /**
     * Checks that the file gives the golden rows' outputs again.
     *
     * @throws ModelFailure naming the row, the output, the value, what was expected and what came
     */
    public void golden() throws ModelFailure {
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

    /** The inputs of its golden rows that it can be given, as it reads them. */
    public List<List<Tensor>> examples() {
        List<TensorSpec> read = model.signature().inputs();
        return manifest.golden().stream()
                .map(golden ->
                        new Inputs("golden row", read, manifest.signature().inputs()).of(golden.inputs()))
                .toList();
    }

    private static @Nullable String difference(Tensor expected, Tensor found, double tolerance) {
        if (!expected.shape().equals(found.shape()) || expected.datatype() != found.datatype()) {
            return "expected " + expected.datatype() + " " + expected.shape() + ", found " + found.datatype() + " "
                    + found.shape();
        }
        TensorData a = expected.data();
        TensorData b = found.data();
        for (int i = 0; i < a.size(); i++) {
            if (!agree(a, b, i, tolerance)) {
                String allowed =
                        a instanceof TensorData.Bytes || a instanceof TensorData.Bool ? "" : ", tolerance " + tolerance;
                return "value " + i + ": expected " + a.text(i) + ", found " + b.text(i) + allowed;
            }
        }
        return null;
    }

    /** What is not finite agrees with itself only: with NaN no difference is within a tolerance. */
    private static boolean agree(TensorData expected, TensorData found, int i, double tolerance) {
        return switch (expected) {
            case TensorData.Floats a -> within(a.values()[i], ((TensorData.Floats) found).values()[i], tolerance);
            case TensorData.Fp64(double[] a) -> within(a[i], ((TensorData.Fp64) found).values()[i], tolerance);
            case TensorData.Int64(long[] a) -> within(a[i], ((TensorData.Int64) found).values()[i], tolerance);
            case TensorData.Whole whole -> {
                long a = whole.values()[i];
                long b = ((TensorData.Whole) found).values()[i];
                yield whole.datatype() == DataType.UINT64 ? within(a - b, 0L, tolerance) : within(a, b, tolerance);
            }
            case TensorData.Bool(boolean[] a) -> a[i] == ((TensorData.Bool) found).values()[i];
            case TensorData.Bytes(String[] a) -> a[i].equals(((TensorData.Bytes) found).values()[i]);
        };
    }

    private static boolean within(double a, double b, double tolerance) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance;
    }

    private static boolean within(long a, long b, double tolerance) {
        return a == b || Math.abs((double) a - b) <= tolerance;
    }

    /**
     * Runs the model a few times: on two rows of zeros, and on its golden rows if it has any.
     *
     * @throws ModelUnreachable if it is elsewhere and does not answer
     * @throws ModelFailure if it fails on a golden row, or on two rows of zeros where one passes
     */
    public void warm() throws ModelFailure {
        List<String> outputs =
                manifest.signature().outputs().stream().map(TensorSpec::name).toList();
        var zeros = new Zeros(
                model, manifest.signature().inputs(), manifest.signature().outputs());
        for (int i = 0; i < WARM_RUNS; i++) {
            try {
                zeros.run();
            } catch (ModelUnreachable e) {
                throw e;
            } catch (ModelFailure e) {
                // Zeros may be no valid request, which says nothing of the model; but then one row is none either.
                if (zeros.oneRowPasses()) {
                    throw e;
                }
            }
            if (!manifest.golden().isEmpty()) {
                run(i % manifest.golden().size(), outputs);
            }
        }
    }
}
