package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.serving.engine.Engine;
import dev.ringside.serving.engine.LoadedModel;
import dev.ringside.serving.engine.ModelFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Models whose runs a test holds in its hands. They answer 0.5, and say how many are open. */
final class FakeEngine implements Engine {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    volatile Runnable onRun = () -> {};
    volatile Consumer<Path> onOpen = file -> {};

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public String platform() {
        return "fake";
    }

    @Override
    public LoadedModel open(Path file) {
        onOpen.accept(file);
        open.incrementAndGet();
        opened.incrementAndGet();
        return new Model();
    }

    private final class Model implements LoadedModel {
        private volatile boolean closed;

        @Override
        public Signature signature() {
            return Registry.signature("distance");
        }

        @Override
        public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws ModelFailure {
            runs.incrementAndGet();
            onRun.run();
            if (closed) {
                throw new ModelFailure("closed under a run");
            }
            return List.of(Tensor.column("probability", 0.5f));
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
        }
    }
}
