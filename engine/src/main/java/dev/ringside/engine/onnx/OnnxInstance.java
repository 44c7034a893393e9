package dev.ringside.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ringside.contract.inference.BinaryData;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place where an ONNX Runtime session runs. Inputs are copied once, into memory that is kept; an output whose size is
 * known before the run is written by the runtime into memory that is kept too, and copied once, to the request that it
 * belongs to.
 */
final class OnnxInstance implements ModelInstance {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, TensorSpec> written = new HashMap<>();
    private final Map<String, KeptMemory> memory = new HashMap<>();
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Set<String> results = new LinkedHashSet<>();
    private OrtSession.@Nullable Result result;
    private List<String> wanted = List.of();
    private int[] rows = {};
    private long allRows;

    OnnxInstance(OrtEnvironment environment, OrtSession session, Signature signature, boolean byRow) {
        this.environment = environment;
        this.session = session;
        if (byRow) {
            for (TensorSpec output : signature.outputs()) {
                boolean isKnown = output.shape().stream().skip(1).allMatch(n -> n >= 0)
                        && NativeValues.inMemory(output.datatype()).isPresent();
                if (isKnown) {
                    written.put(output.name(), output);
                }
            }
        }
    }

    @Override
    public void feed(List<List<Tensor>> requests) throws ModelFailure {
        release();
        rows = new int[requests.size()];
        allRows = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Math.toIntExact(requests.get(i).getFirst().shape().getFirst());
            allRows += rows[i];
        }
        try {
            List<Tensor> first = requests.getFirst();
            for (int place = 0; place < first.size(); place++) {
                String name = first.get(place).name();
                var parts = new ArrayList<Tensor>(requests.size());
                for (List<Tensor> request : requests) {
                    parts.add(request.get(place));
                }
                inputs.put(name, OnnxTensors.toNative(environment, kept("i " + name)::of, parts));
            }
        } catch (OrtException | ArithmeticException e) {
            throw new ModelFailure("the inputs cannot be laid out: " + e.getMessage(), e);
        }
    }

    private KeptMemory kept(String name) {
        return memory.computeIfAbsent(name, _ -> new KeptMemory());
    }

    @Override
    public void run(List<String> names, Deadline latest) throws ModelFailure {
        wanted = names;
        try {
            for (String name : names) {
                TensorSpec spec = written.get(name);
                if (spec == null) {
                    results.add(name);
                } else if (!outputs.containsKey(name)) {
                    outputs.put(name, room(spec));
                }
            }
            result = session.run(inputs, results, outputs);
        } catch (OrtException | ArithmeticException e) {
            throw new ModelFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private OnnxTensor room(TensorSpec spec) throws OrtException {
        long[] shape = shape(spec);
        long size = BinaryData.width(spec.datatype());
        for (long n : shape) {
            size = Math.multiplyExact(size, n);
        }
        return OnnxTensor.createTensor(
                environment,
                kept("o " + spec.name()).of(Math.toIntExact(size)),
                shape,
                NativeValues.inMemory(spec.datatype()).orElseThrow());
    }

    private long[] shape(TensorSpec spec) {
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        shape[0] = allRows;
        return shape;
    }

    @Override
    public List<List<Tensor>> take() throws ModelFailure {
        OrtSession.Result found = result;
        if (found == null) {
            throw new IllegalStateException("nothing was run");
        }
        try {
            var all = new ArrayList<List<Tensor>>(rows.length);
            for (int i = 0; i < rows.length; i++) {
                all.add(new ArrayList<>(wanted.size()));
            }
            for (String name : wanted) {
                TensorSpec spec = written.get(name);
                if (spec != null) {
                    share(
                            all,
                            new RowValues(
                                    name,
                                    spec.datatype(),
                                    shape(spec),
                                    kept("o " + name).of(bytes(spec)),
                                    null));
                } else {
                    OnnxTensor value = (OnnxTensor) found.get(name).orElseThrow();
                    if (rows.length == 1) {
                        all.getFirst().add(OnnxTensors.fromNative(name, value));
                    } else {
                        share(all, RowValues.of(name, value));
                    }
                }
            }
            return all;
        } catch (OrtException e) {
            throw new ModelFailure(String.valueOf(e.getMessage()), e);
        } finally {
            release();
        }
    }

    private int bytes(TensorSpec spec) {
        long size = BinaryData.width(spec.datatype());
        for (long n : shape(spec)) {
            size *= n;
        }
        return Math.toIntExact(size);
    }

    private void share(List<List<Tensor>> all, RowValues values) throws ModelFailure {
        if (values.shape().length == 0 || values.shape()[0] != allRows) {
            throw new ModelFailure("output '" + values.name() + "' has shape " + Arrays.toString(values.shape())
                    + " for inputs of " + allRows + " rows: expected a row for each");
        }
        long from = 0;
        for (int i = 0; i < rows.length; i++) {
            all.get(i).add(values.rows(from, rows[i]));
            from += rows[i];
        }
    }

    private void release() {
        if (result != null) {
            result.close();
            result = null;
        }
        inputs.values().forEach(OnnxTensor::close);
        inputs.clear();
        outputs.values().forEach(OnnxTensor::close);
        outputs.clear();
        results.clear();
        memory.values().forEach(KeptMemory::trim);
    }

    @Override
    public void close() {
        release();
        memory.values().forEach(KeptMemory::close);
        memory.clear();
    }
}
