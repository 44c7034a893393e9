package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Layers one after the other; where their input is added to their output, a residual block (He et al. 2016).
 *
 * @param layers at least one
 * @param residual whether the input is added, for which they must give as many numbers as they take
 */
record Sequence(List<Layer> layers, boolean residual) implements Layer {
    Sequence {
        layers = List.copyOf(layers);
    }

    @Override
    public int outputs() {
        return layers.getLast().outputs();
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        layers.forEach(layer -> layer.initialise(weights, random));
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        Tensor values = rows;
        for (Layer layer : layers) {
            values = layer.forward(values, parameters, training);
        }
        return residual ? values.add(rows) : values;
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String values = rows;
        for (Layer layer : layers) {
            values = layer.export(graph, values, weights);
        }
        return residual ? graph.node("Add", "residual", List.of(values, rows)) : values;
    }
}
