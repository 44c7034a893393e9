package dev.ringside.training.network;

import dev.ringside.training.features.Part;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * What a network is made of; its parameters are elsewhere.
 *
 * @param inputs how it takes in encoded rows
 * @param body hidden layers
 * @param head from the last hidden layer to one number
 */
record Network(Inputs inputs, List<Layer> body, Linear head) {
    static Network of(List<Part> parts, NetworkSettings settings) {
        Inputs inputs = Inputs.of(parts);
        List<Layer> body = new ArrayList<>();
        int width = inputs.outputs();
        int number = 1;
        for (int outputs : settings.hidden()) {
            List<Layer> block = new ArrayList<>();
            block.add(new Linear("layer" + number, width, outputs));
            if (settings.batchNorm()) {
                block.add(new BatchNorm("norm" + number, outputs));
            }
            block.add(new Activation(settings.activation(), outputs));
            block.add(new Dropout(settings.dropout(), outputs));
            body.add(new Sequence(block, settings.residual() && width == outputs));
            width = outputs;
            number++;
        }
        return new Network(inputs, List.copyOf(body), new Linear("head", width, 1));
    }

    Weights initial(RandomGenerator random) {
        var weights = new Weights();
        inputs.initialise(weights, random);
        body.forEach(layer -> layer.initialise(weights, random));
        head.initialise(weights, random);
        return weights;
    }

    /** One number a row, [rows]. */
    Tensor forward(List<Tensor> rows, Parameters parameters, boolean training) {
        Tensor values = inputs.forward(rows, parameters);
        for (Layer layer : body) {
            values = layer.forward(values, parameters, training);
        }
        return head.forward(values, parameters, training).squeeze(1);
    }

    /** Writes it up to its one number a row, FP32, shape [rows, 1]. */
    String export(Graph graph, List<String> parts, Weights weights) {
        String values = inputs.export(graph, parts, weights);
        for (Layer layer : body) {
            values = layer.export(graph, values, weights);
        }
        return head.export(graph, values, weights);
    }
}
