package dev.ringside.training.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.Table;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An exported model, loaded into ONNX Runtime as a server would. */
public final class OnnxModel implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 16_384;

    private final OrtEnvironment environment;
    private final OrtSession session;

    /** Loads a file, on one thread. */
    public OnnxModel(byte[] onnx) throws OrtException {
        environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(onnx, options);
        }
    }

    /** The scores of any number of rows, row after row. */
    public double[] score(Table rows, List<FeatureSpec> features) throws OrtException {
        return scoreAll(rows, features).getFirst();
    }

    /** The scores of any number of rows, then those of each task beside the label, each row after row. */
    public List<double[]> scoreAll(Table rows, List<FeatureSpec> features) throws OrtException {
        List<double[]> all = new ArrayList<>();
        for (int start = 0; start < rows.size(); start += ROWS_AT_ONCE) {
            int[] places = new int[Math.min(ROWS_AT_ONCE, rows.size() - start)];
            for (int i = 0; i < places.length; i++) {
                places[i] = start + i;
            }
            List<float[]> some = outputs(rows.select(places).tensors(features));
            for (int task = 0; task < some.size(); task++) {
                float[] values = some.get(task);
                int width = values.length / places.length;
                if (start == 0) {
                    all.add(new double[Math.multiplyExact(rows.size(), width)]);
                }
                for (int i = 0; i < values.length; i++) {
                    all.get(task)[start * width + i] = values[i];
                }
            }
        }
        return all.isEmpty() ? List.of(new double[0]) : all;
    }

    /** The values of the first output, the scores, row after row. */
    public float[] score(List<Tensor> inputs) throws OrtException {
        return outputs(inputs).getFirst();
    }

    /** The values of each output, row after row. */
    public List<float[]> outputs(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Tensor input : inputs) {
                tensors.put(input.name(), tensor(input));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                List<float[]> outputs = new ArrayList<>();
                for (int i = 0; i < result.size(); i++) {
                    if (!(result.get(i) instanceof OnnxTensor output)) {
                        throw new IllegalStateException("an output of the model is no tensor");
                    }
                    FloatBuffer values = output.getFloatBuffer();
                    float[] scores = new float[values.remaining()];
                    values.get(scores);
                    outputs.add(scores);
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Tensor input) throws OrtException {
        long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (input.data()) {
            case TensorData.Fp32(float[] values) ->
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
            case TensorData.Int64(long[] values) ->
                OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
            case TensorData.Bytes(String[] values) -> OnnxTensor.createTensor(environment, values, shape);
            case TensorData.Fp16 _, TensorData.Bf16 _, TensorData.Fp64 _, TensorData.Whole _, TensorData.Bool _ ->
                throw new IllegalArgumentException(
                        "input '" + input.name() + "' is " + input.datatype() + ", which is the type of no feature");
        };
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
