package dev.ringside.app.torchscript;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.torchscript.RawTensor;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A place where a TorchScript file runs, one run at a time. */
final class TorchScriptInstance implements ModelInstance {
    private final TorchScriptModel model;
    private List<RawTensor> inputs = List.of();
    private List<RawTensor> found = List.of();
    private int[] rows = {};
    private long allRows;

    TorchScriptInstance(TorchScriptModel model) {
        this.model = model;
    }

    @Override
    public void feed(List<List<Tensor>> requests) throws ModelFailure {
        release();
        try {
            rows = requests.stream()
                    .mapToInt(request ->
                            Math.toIntExact(request.getFirst().shape().getFirst()))
                    .toArray();
            allRows = Arrays.stream(rows).asLongStream().sum();
            var joined = new ArrayList<RawTensor>(requests.getFirst().size());
            for (int place = 0; place < requests.getFirst().size(); place++) {
                int at = place;
                joined.add(RawTensor.joined(
                        requests.stream().map(request -> request.get(at)).toList()));
            }
            inputs = joined;
        } catch (ArithmeticException e) {
            throw new ModelFailure("the inputs cannot be laid out: " + e.getMessage(), e);
        }
    }

    @Override
    public void run(List<String> outputs, Deadline latest) throws ModelFailure {
        found = model.run(inputs, outputs, latest);
    }

    @Override
    public List<List<Tensor>> take() throws ModelFailure {
        try {
            var all = new ArrayList<List<Tensor>>(rows.length);
            for (int i = 0; i < rows.length; i++) {
                all.add(new ArrayList<>(found.size()));
            }
            for (RawTensor output : found) {
                if (rows.length == 1) {
                    all.getFirst().add(output.tensor());
                } else {
                    share(all, output);
                }
            }
            return all;
        } catch (InferenceFailure e) {
            throw new ModelFailure(String.valueOf(e.getMessage()), e);
        } finally {
            release();
        }
    }

    private void share(List<List<Tensor>> all, RawTensor output) throws ModelFailure {
        if (output.shape().isEmpty() || output.shape().getFirst() != allRows) {
            throw new ModelFailure("output '" + output.name() + "' has shape " + output.shape() + " for inputs of "
                    + allRows + " rows: expected a row for each");
        }
        String[] texts = output.datatype() == DataType.BYTES
                ? ((TensorData.Bytes) output.tensor().data()).values()
                : new String[0];
        int from = 0;
        for (int i = 0; i < rows.length; i++) {
            all.get(i)
                    .add(
                            output.datatype() == DataType.BYTES
                                    ? rowsOf(output, texts, from, rows[i])
                                    : output.rows(from, rows[i]));
            from += rows[i];
        }
    }

    /** Of a translator, whose rows have one text each. */
    private static Tensor rowsOf(RawTensor output, String[] texts, int from, int count) {
        var shape = new ArrayList<>(output.shape());
        shape.set(0, (long) count);
        return new Tensor(output.name(), shape, new TensorData.Bytes(Arrays.copyOfRange(texts, from, from + count)));
    }

    private void release() {
        inputs = List.of();
        found = List.of();
    }

    @Override
    public void close() {
        release();
    }
}
