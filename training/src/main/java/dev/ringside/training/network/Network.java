package dev.ringside.training.network;

import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a network is made of; its parameters are elsewhere.
 *
 * @param inputs how it takes in encoded rows
 * @param body hidden layers, first to last
 * @param head from the last hidden layer to the numbers of a row
 */
record Network(Inputs inputs, List<Layer> body, Layer head) {
    /** The one parameter whose columns are the inputs'. */
    static final String FIRST = "layer1.weight";

    /** The head's weights. */
    static final String HEAD = "head.weight";

    /** The head's bias, which is a part of every logit. */
    static final String LAST = "head.bias";

    /** @param outputs how many numbers a row becomes */
    static Network of(List<Part> parts, NetworkSettings settings, int outputs) {
        return of(parts, settings, outputs, null);
    }

    /**
     * @param outputs how many numbers a row becomes
     * @param ranks those whose rows batch statistics are of; null for this process's alone
     */
    static Network of(List<Part> parts, NetworkSettings settings, int outputs, @Nullable Ranks ranks) {
        Inputs inputs = Inputs.of(parts);
        TransformerSettings transformer = settings.transformer();
        return transformer == null
                ? feedForward(inputs, settings, outputs, ranks)
                : transformer(parts, inputs, transformer, settings.dropout(), outputs);
    }

    private static Network transformer(
            List<Part> parts, Inputs inputs, TransformerSettings settings, double dropout, int outputs) {
        List<Layer> body = new ArrayList<>();
        body.add(Tokens.of(parts, inputs, settings.token()));
        for (int block = 1; block <= settings.blocks(); block++) {
            body.add(new TransformerBlock(block, settings, dropout, block == settings.blocks()));
        }
        body.add(new ClassToken(settings.token()));
        return new Network(inputs, List.copyOf(body), new Linear("head", settings.token(), outputs));
    }

    private static Network feedForward(Inputs inputs, NetworkSettings settings, int outputs, @Nullable Ranks ranks) {
        List<Layer> body = new ArrayList<>();
        int width = inputs.outputs();
        int number = 1;
        for (int size : settings.hidden()) {
            List<Layer> block = new ArrayList<>();
            block.add(
                    settings.members() == 1
                            ? new Linear("layer" + number, width, size)
                            : new Ensembled("layer" + number, width, size, settings.members(), number == 1));
            if (settings.batchNorm()) {
                block.add(new BatchNorm("norm" + number, size, ranks));
            }
            block.add(new Activation(settings.activation(), size));
            block.add(new Dropout(settings.dropout(), size));
            body.add(new Sequence(
                    block, settings.residual() && width == size && (number > 1 || settings.members() == 1)));
            width = size;
            number++;
        }
        return new Network(
                inputs,
                List.copyOf(body),
                settings.members() == 1
                        ? new Linear("head", width, outputs)
                        : new Heads("head", width, outputs, settings.members()));
    }

    /** Whether the inputs go around the first hidden layer too. */
    boolean firstIsResidual() {
        return body.getFirst() instanceof Sequence first && first.residual();
    }

    Weights initial(RandomGenerator random) {
        var weights = new Weights();
        inputs.initialise(weights, random);
        body.forEach(layer -> layer.initialise(weights, random));
        head.initialise(weights, random);
        return weights;
    }

    /**
     * The names of its parameters in the stages in which a gradual fine-tuning thaws them: the head, each hidden layer
     * from last to first, the inputs.
     */
    List<List<String>> stages() {
        List<List<String>> stages = new ArrayList<>();
        stages.add(names(head::initialise));
        body.reversed().forEach(layer -> stages.add(names(layer::initialise)));
        stages.add(names(inputs::initialise));
        return stages;
    }

    private static List<String> names(BiConsumer<Weights, RandomGenerator> initialise) {
        var own = new Weights();
        initialise.accept(own, new SplittableRandom(0));
        return List.copyOf(own.all().keySet());
    }

    /** What the last hidden layer says of rows, [rows, its outputs]. */
    Tensor hidden(List<Tensor> rows, Parameters parameters, int thawed) {
        Tensor values = inputs.forward(rows, parameters);
        for (int i = 0; i < body.size(); i++) {
            values = body.get(i).forward(values, parameters, body.size() - i < thawed);
        }
        return values;
    }

    /**
     * The numbers of rows, [rows, outputs], or of several members [rows, members, outputs].
     *
     * @param thawed how many stages are in training, from the head on: the others neither drop nor take statistics
     */
    Tensor forward(List<Tensor> rows, Parameters parameters, int thawed) {
        return head.forward(hidden(rows, parameters, thawed), parameters, thawed > 0);
    }

    /** Writes it up to its last hidden layer, FP32, shape [rows, its outputs]. */
    String exportHidden(Graph graph, List<String> parts, Weights weights) {
        String values = inputs.export(graph, parts, weights);
        for (Layer layer : body) {
            values = layer.export(graph, values, weights);
        }
        return values;
    }

    /** Writes it up to its numbers, FP32, shape [rows, outputs], or of several members [rows, members, outputs]. */
    String export(Graph graph, List<String> parts, Weights weights) {
        return head.export(graph, exportHidden(graph, parts, weights), weights);
    }
}
