package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Models whose runs a test holds in its hands. They answer 0.5, and say how many are open. */
final class FakeEngine implements Engine {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    volatile Run onRun = () -> {};
    volatile Consumer<Path> onOpen = file -> {};

    /** What the next opening fails with. */
    final AtomicReference<@Nullable ModelFailure> onOpenFailure = new AtomicReference<>();

    /** What happens in a run. */
    @FunctionalInterface
    interface Run {
        void run() throws ModelFailure;
    }

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public String platform() {
        return "fake";
    }

    @Override
    public boolean mayRead(byte[] head) {
        return true;
    }

    @Override
    public LoadedModel open(Path file) throws ModelFailure {
        ModelFailure failure = onOpenFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        onOpen.accept(file);
        open.incrementAndGet();
        opened.incrementAndGet();
        return new Model();
    }

    private static final class Instance implements ModelInstance {
        private final Model model;
        private List<List<Tensor>> fed = List.of();
        private List<Tensor> found = List.of();

        Instance(Model model) {
            this.model = model;
        }

        @Override
        public void feed(List<List<Tensor>> requests) {
            fed = requests;
        }

        @Override
        public void run(List<String> outputs, Deadline latest) throws ModelFailure {
            found = model.run(fed.getFirst(), outputs);
        }

        @Override
        public List<List<Tensor>> take() throws ModelFailure {
            if (fed.size() > 1) {
                throw new ModelFailure("it has one row, whatever it is given");
            }
            return List.of(found);
        }

        @Override
        public void close() {}
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
        public ModelInstance instance(boolean byRow) {
            return new Instance(this);
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
        }
    }
}
