package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** ONNX Runtime's sessions of one file, one for each device. All that a run takes outside the heap is freed before it returns, whatever happens. */
final class OnnxRuntimeModel implements LoadedModel {
    private final OrtEnvironment environment;
    private final List<OrtSession> sessions;
    private final Signature signature;
    private final AtomicInteger instances = new AtomicInteger();

    /** @param sessions at least one; they are closed with this */
    OnnxRuntimeModel(OrtEnvironment environment, List<OrtSession> sessions, Signature signature) {
        this.environment = environment;
        this.sessions = List.copyOf(sessions);
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws ModelFailure {
        var values = HashMap.<String, OnnxTensor>newHashMap(inputs.size());
        try (Arena memory = Arena.ofConfined()) {
            try {
                for (Tensor input : inputs) {
                    values.put(input.name(), OnnxTensors.toNative(environment, memory, input));
                }
                try (OrtSession.Result result = sessions.getFirst().run(values, new LinkedHashSet<>(outputs))) {
                    var tensors = new ArrayList<Tensor>(outputs.size());
                    for (String output : outputs) {
                        tensors.add(OnnxTensors.fromNative(
                                output, (OnnxTensor) result.get(output).orElseThrow()));
                    }
                    return tensors;
                }
            } finally {
                values.values().forEach(OnnxTensor::close);
            }
        } catch (OrtException e) {
            throw new ModelFailure(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public ModelInstance instance(boolean byRow) {
        OrtSession session = sessions.get(Math.floorMod(instances.getAndIncrement(), sessions.size()));
        return new OnnxInstance(environment, session, signature, byRow);
    }

    @Override
    public void close() {
        sessions.forEach(OnnxRuntimeModel::close);
    }

    static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not close a session", e);
        }
    }
}
