package dev.ringside.serving.batching;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that gives each number {@code x} back as {@code y = 2x}. A row with {@link #GUILTY} fails the run, one that is
 * not finite makes all rows of the run so. The test hears of each run while it goes on.
 */
final class DoublingModel implements LoadedModel {
    static final float GUILTY = 13;

    /** The rows of each request of each run, in the order of the runs. */
    final List<List<Integer>> runs = new ArrayList<>();

    final AtomicInteger open = new AtomicInteger(1);
    Runnable onRun = () -> {};

    /** Where more rows are run together, answers are one more. */
    int crowd = Integer.MAX_VALUE;

    static List<Tensor> inputs(float... values) {
        return List.of(Tensor.column("x", values));
    }

    @Override
    public Signature signature() {
        return new Signature(
                List.of(new TensorSpec("x", DataType.FP32, List.of(-1L, -1L))),
                List.of(
                        new TensorSpec("y", DataType.FP32, List.of(-1L, -1L)),
                        new TensorSpec("z", DataType.FP32, List.of(-1L, -1L))));
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) {
        throw new UnsupportedOperationException("batchers use instances");
    }

    @Override
    public ModelInstance instance(boolean byRow) {
        open.incrementAndGet();
        return new Instance();
    }

    @Override
    public void close() {
        open.decrementAndGet();
    }

    private final class Instance implements ModelInstance {
        private List<List<Tensor>> fed = List.of();
        private List<String> wanted = List.of();
        private boolean isRunning;

        @Override
        public void feed(List<List<Tensor>> requests) {
            if (isRunning) {
                throw new IllegalStateException("fed while it runs");
            }
            fed = requests;
        }

        @Override
        public void run(List<String> outputs, Deadline latest) throws ModelFailure {
            isRunning = true;
            wanted = outputs;
            runs.add(fed.stream()
                    .map(request -> request.getFirst().data().size())
                    .toList());
            onRun.run();
            isRunning = false;
            for (List<Tensor> request : fed) {
                for (float value : values(request)) {
                    if (value == GUILTY) {
                        throw new ModelFailure("13 was given");
                    }
                }
            }
        }

        private float[] values(List<Tensor> request) {
            return ((TensorData.Fp32) request.getFirst().data()).values();
        }

        @Override
        public List<List<Tensor>> take() {
            boolean isFinite =
                    fed.stream().allMatch(request -> request.getFirst().data().firstNotFinite() < 0);
            int rows = fed.stream()
                    .mapToInt(request -> request.getFirst().data().size())
                    .sum();
            int more = rows > crowd ? 1 : 0;
            var answers = new ArrayList<List<Tensor>>();
            for (List<Tensor> request : fed) {
                float[] doubled = values(request).clone();
                for (int i = 0; i < doubled.length; i++) {
                    doubled[i] = isFinite ? 2 * doubled[i] + more : Float.NaN;
                }
                answers.add(wanted.stream()
                        .map(name -> new Tensor(name, request.getFirst().shape(), new TensorData.Fp32(doubled)))
                        .toList());
            }
            return answers;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
