package dev.ringside.serving.verification;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import java.util.Arrays;
import java.util.List;

/**
 * Runs of a model on zeros, false and empty texts. Two rows, where the batch may vary: a graph with one row written into
 * it passes with one.
 *
 * @param model the model
 * @param inputs what it is given; dimensions after the first that vary get 1
 * @param outputs what it has to give
 */
record Zeros(LoadedModel model, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    private static final int ROWS = 2;

    /** @throws ModelFailure with the runtime's reason, or naming the output whose shape is another */
    void run() throws ModelFailure {
        List<Tensor> found;
        try {
            found = run(ROWS);
        } catch (ModelUnreachable e) {
            throw e;
        } catch (ModelFailure e) {
            throw oneRowPasses()
                    ? new ModelFailure("it runs on one row and fails on " + ROWS + ": " + e.getMessage(), e)
                    : e;
        }
        for (int i = 0; i < outputs.size(); i++) {
            TensorSpec output = outputs.get(i);
            if (!output.admits(found.get(i).shape())) {
                throw new ModelFailure("output '" + output.name() + "' has shape "
                        + found.get(i).shape() + " for zeros, expected " + output.shape());
            }
        }
    }

    /** Whether one row of zeros can be run where rows may vary. */
    boolean oneRowPasses() {
        if (inputs.stream().noneMatch(input -> input.shape().getFirst() < 0)) {
            return false;
        }
        try {
            run(1);
            return true;
        } catch (ModelFailure e) {
            return false;
        }
    }

    private List<Tensor> run(int rows) throws ModelFailure {
        return model.run(
                inputs.stream().map(input -> zeros(input, rows)).toList(),
                outputs.stream().map(TensorSpec::name).toList());
    }

    private static Tensor zeros(TensorSpec spec, int rows) {
        long[] shape = spec.shape().stream().mapToLong(n -> n < 0 ? 1 : n).toArray();
        if (spec.shape().getFirst() < 0) {
            shape[0] = rows;
        }
        long size = 1;
        for (long n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return new Tensor(
                spec.name(),
                Arrays.stream(shape).boxed().toList(),
                TensorData.zeros(spec.datatype(), Math.toIntExact(size)));
    }
}
