package dev.ringside.training.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Each rank has some layers of the network, and micro-batches go through them as through a pipeline (GPipe, Huang et al.
 * 2019): all of them forwards, while the first stage has the next one the second has the one before, then all of them
 * backwards; a step's parameters change when the last is through. Activations go to the next rank, their gradients come
 * back. Backwards micro-batches go in their order, not in the reverse one of the paper's figure, so that gradients add up
 * as they do in one process, to the same bits.
 *
 * <p>A rank has gradients, the optimiser's memory and activations of its own layers alone. Weights are whole everywhere
 * after each pass, for rank 0 to judge and keep.
 */
final class Staged implements Gradients {
    private static final int DIMENSIONS = 4;
    private static final int KINDS = 3;

    private final Network network;
    private final Parameters parameters;
    private final Loss loss;
    private final Ranks ranks;
    private final List<List<Layer>> layers;
    private final List<List<String>> names;

    Staged(Network network, Parameters parameters, Loss loss, Ranks ranks) {
        this.network = network;
        this.parameters = parameters;
        this.loss = loss;
        this.ranks = ranks;
        layers = new ArrayList<>();
        names = new ArrayList<>();
        cut();
    }

    /** Cuts so that the stage with most parameters has as few as can be. */
    private void cut() {
        List<Layer> units = new ArrayList<>(network.body());
        units.add(network.head());
        List<List<String>> own = new ArrayList<>(network.stages().reversed());
        List<String> first = new ArrayList<>(own.removeFirst());
        first.addAll(own.getFirst());
        own.set(0, first);
        long[] sizes = own.stream()
                .mapToLong(each -> each.stream()
                        .mapToLong(name -> parameters.get(name).numel())
                        .sum())
                .toArray();
        int[] bounds = Cuts.of(sizes, ranks.count());
        for (int stage = 0; stage < ranks.count(); stage++) {
            layers.add(units.subList(bounds[stage], bounds[stage + 1]));
            names.add(own.subList(bounds[stage], bounds[stage + 1]).stream()
                    .flatMap(List::stream)
                    .toList());
        }
    }

    private boolean first() {
        return ranks.own() == 0;
    }

    private boolean last() {
        return ranks.own() == ranks.count() - 1;
    }

    @Override
    public TensorVector stepped() {
        return parameters.trained(names.get(ranks.own()));
    }

    @Override
    public void begin(int thawed) {
        for (int stage = 0; stage < ranks.count(); stage++) {
            if (stage != ranks.own()) {
                parameters.freeze(names.get(stage));
            }
        }
    }

    @Override
    public double of(Step step) {
        int count = step.microBatches();
        List<Tensor> together = step.together(loss);
        Tensor[] in = new Tensor[count];
        Tensor[] out = new Tensor[count];
        List<Ranks.Sending> sent = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            step.seed(i);
            Batches.Batch batch = step.microBatch(i);
            in[i] = first()
                    ? network.inputs().forward(batch.inputs(), parameters)
                    : received(i).requires_grad_();
            Tensor values = in[i];
            for (Layer layer : layers.get(ranks.own())) {
                values = layer.forward(values, parameters, true);
            }
            if (last()) {
                out[i] = loss.share(values, batch.targets(), batch.weights(), together);
                sum += out[i].item_double();
            } else {
                out[i] = values;
                Tensor given = values.detach().contiguous();
                Tensor shape = shape(given);
                sent.add(ranks.send(shape, ranks.own() + 1, KINDS * i));
                sent.add(ranks.send(given, ranks.own() + 1, KINDS * i + 1));
            }
        }
        for (int i = 0; i < count; i++) {
            if (last()) {
                out[i].backward();
            } else {
                Tensor gradient = torch.empty_like(out[i].detach().contiguous());
                ranks.receive(gradient, ranks.own() + 1, KINDS * i + 2);
                torch.backward(
                        new TensorVector(out[i]),
                        new TensorVector(gradient),
                        new BoolOptional(),
                        false,
                        new TensorVector());
            }
            if (!first()) {
                Tensor gradient = in[i].grad().contiguous();
                sent.add(ranks.send(gradient, ranks.own() - 1, KINDS * i + 2));
            }
        }
        sent.forEach(Ranks.Sending::await);
        return sum;
    }

    private static Tensor shape(Tensor tensor) {
        long[] shape = new long[DIMENSIONS];
        for (int i = 0; i < tensor.dim(); i++) {
            shape[i] = tensor.size(i);
        }
        return torch.tensor(shape);
    }

    private Tensor received(int microBatch) {
        Tensor shape = torch.tensor(new long[DIMENSIONS]);
        ranks.receive(shape, ranks.own() - 1, KINDS * microBatch);
        long[] sizes = new long[DIMENSIONS];
        shape.data_ptr_long().get(sizes);
        Tensor values =
                torch.zeros(Arrays.stream(sizes).takeWhile(size -> size > 0).toArray());
        ranks.receive(values, ranks.own() - 1, KINDS * microBatch + 1);
        return values;
    }

    @Override
    public double together(double own) {
        return ranks.sum(own);
    }

    /** By the norm over all stages (Pascanu et al. 2013). */
    @Override
    public void clip(TensorVector own, double bound) {
        double squares = 0;
        for (Tensor tensor : own.get()) {
            double norm = tensor.grad().norm().item_double();
            squares += norm * norm;
        }
        double factor = bound / (StrictMath.sqrt(ranks.sum(squares)) + 1e-6);
        if (factor < 1) {
            for (Tensor tensor : own.get()) {
                tensor.grad().mul_(new Scalar(factor));
            }
        }
    }

    @Override
    public void end() {
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard()) {
            for (int stage = 0; stage < ranks.count(); stage++) {
                for (String name : names.get(stage)) {
                    ranks.broadcast(parameters.get(name).detach(), stage);
                }
            }
        }
    }

    @Override
    public Map<String, Double> norms() {
        Map<String, Double> own = parameters.gradientNorms();
        Map<String, Double> all = new LinkedHashMap<>();
        for (String name : parameters.trainedNames()) {
            all.put(name, ranks.sum(own.getOrDefault(name, 0.0)));
        }
        return all;
    }

    /** Those of all stages, one after the other. */
    @Override
    public byte[] memory(AdamW optimizer) {
        byte[] own = OptimizerState.of(optimizer);
        var all = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(all)) {
            for (int stage = 0; stage < ranks.count(); stage++) {
                byte[] part = ranks.bytes(own, stage);
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Override
    public void remember(AdamW optimizer, byte[] memory) {
        try (var in = new DataInputStream(new ByteArrayInputStream(memory))) {
            for (int stage = 0; stage < ranks.own(); stage++) {
                in.skipNBytes(in.readInt());
            }
            OptimizerState.restore(optimizer, in.readNBytes(in.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException("a checkpoint has no memory for stage " + ranks.own(), e);
        }
    }
}
