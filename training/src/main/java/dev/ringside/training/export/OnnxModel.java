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
        double[] scores = new double[0];
        for (int start = 0; start < rows.size(); start += ROWS_AT_ONCE) {
            int[] places = new int[Math.min(ROWS_AT_ONCE, rows.size() - start)];
            for (int i = 0; i < places.length; i++) {
                places[i] = start + i;
            }
            float[] some = score(rows.select(places).tensors(features));
            int width = some.length / places.length;
            if (start == 0) {
                scores = new double[Math.multiplyExact(rows.size(), width)];
            }
            for (int i = 0; i < some.length; i++) {
                scores[start * width + i] = some[i];
            }
        }
        return scores;
    }

    /** The values of the one output, row after row. */
    public float[] score(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Tensor input : inputs) {
                tensors.put(input.name(), tensor(input));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                if (!(result.get(0) instanceof OnnxTensor output)) {
                    throw new IllegalStateException("the model's output is no tensor");
                }
                FloatBuffer values = output.getFloatBuffer();
                float[] scores = new float[values.remaining()];
                values.get(scores);
                return scores;
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
            case TensorData.Fp16 _, TensorData.Fp64 _, TensorData.Whole _, TensorData.Bool _ ->
                throw new IllegalArgumentException(
                        "input '" + input.name() + "' is " + input.datatype() + ", which is the type of no feature");
        };
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
