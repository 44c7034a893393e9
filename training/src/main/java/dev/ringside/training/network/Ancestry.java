package dev.ringside.training.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a network were parts of the fitted one that it begins with. Those that were not enter its first layer by
 * weights of 0, so that both networks say the same of a row before the first step.
 *
 * @param parts for each part its place in the fitted network, −1 for a new one
 */
record Ancestry(List<Integer> parts) {
    Ancestry {
        parts = List.copyOf(parts);
    }

    int of(int part) {
        return parts.get(part);
    }

    /**
     * Takes over what a fitted network has learnt.
     *
     * @param weights the network's own, which are changed
     * @param head whether the head is taken over too
     */
    void inherit(Network network, Weights weights, Network fitted, Weights from, boolean head) {
        for (InputGroup group : network.inputs().groups()) {
            for (InputGroup older : fitted.inputs().groups()) {
                group.inherit(weights, older, from, this);
            }
        }
        List<List<String>> stages = network.stages();
        if (network.body().getFirst() instanceof Tokens tokens && fitted.body().getFirst() instanceof Tokens older) {
            tokens.inherit(weights, older, from, this);
        }
        for (List<String> stage : stages.subList(head ? 0 : 1, stages.size() - 1)) {
            for (String name : stage) {
                if (name.startsWith(Tokens.NAME)) {
                    continue;
                }
                if (name.equals(Network.FIRST)) {
                    Arrays.fill(weights.get(name).values(), 0);
                    columns(network, weights.get(name), fitted, from.get(name));
                } else if (name.equals(Ensembled.taking("layer1"))) {
                    columns(network, weights.get(name), fitted, from.get(name));
                } else {
                    float[] values = from.get(name).values();
                    System.arraycopy(values, 0, weights.get(name).values(), 0, values.length);
                }
            }
        }
    }

    /** Takes over the columns of what both take in. */
    private void columns(Network network, Weights.Values own, Network fitted, Weights.Values from) {
        Map<InputGroup.Source, Integer> columns = new HashMap<>();
        for (InputGroup.Source source : fitted.inputs().sources()) {
            columns.put(source, columns.size());
        }
        int width = network.inputs().outputs();
        int older = fitted.inputs().outputs();
        int column = 0;
        for (InputGroup.Source source : network.inputs().sources()) {
            Integer before = columns.get(new InputGroup.Source(of(source.part()), source.place()));
            for (int row = 0; before != null && row < own.shape()[0]; row++) {
                own.values()[row * width + column] = from.values()[row * older + before];
            }
            column++;
        }
    }

    /** Copies the slices of parts that both have, along the first dimension. */
    void slices(Weights.Values from, List<Integer> fitted, Weights.Values to, List<Integer> own) {
        for (int i = 0; i < own.size(); i++) {
            int older = fitted.indexOf(of(own.get(i)));
            if (older >= 0) {
                slice(from, older, to, i);
            }
        }
    }

    /** Copies a slice along the first dimension, as much of it as both have. */
    static void slice(Weights.Values from, int older, Weights.Values to, int own) {
        int length = from.values().length / (int) from.shape()[0];
        int room = to.values().length / (int) to.shape()[0];
        System.arraycopy(from.values(), older * length, to.values(), own * room, Math.min(length, room));
    }
}
