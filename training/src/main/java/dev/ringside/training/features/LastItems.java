package dev.ringside.training.features;

import dev.ringside.contract.inference.DataType;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;

/**
 * The last items of lists in a graph, whatever is padded or missing behind them left out; a list that is shorter begins
 * with places that have none.
 *
 * @param graph where they are written
 * @param held for each of the last places where it lies in the list, INT64, [rows, steps]
 * @param known whether there is an item, BOOL, [rows, steps]
 */
record LastItems(Graph graph, String held, String known) {
    /**
     * Finds them.
     *
     * @param name what names of values begin with
     * @param there which items are there, BOOL, [rows, longest]
     * @param steps how many of the last ones
     */
    static LastItems of(Graph graph, String name, String there, int steps) {
        String whole = graph.cast(name + "/there/int64", there, DataType.INT64);
        String length = graph.node(
                "Gather",
                name + "/width",
                List.of(graph.node("Shape", name + "/shape", List.of(there)), scalar(graph, name + "/one", 1)));
        String positions = graph.node(
                "Range",
                name + "/positions",
                List.of(
                        scalar(graph, name + "/first", 1),
                        graph.node("Add", name + "/behind", List.of(length, scalar(graph, name + "/next", 1))),
                        scalar(graph, name + "/by", 1)));
        // The place behind the last item that is there: 0 where there is none.
        String end = graph.node(
                "ReduceMax",
                name + "/end",
                List.of(graph.node("Mul", name + "/ends", List.of(whole, positions))),
                Attributes.of("axes", new long[] {1}),
                Attributes.of("keepdims", 1));
        long[] offsets = new long[steps];
        for (int step = 0; step < steps; step++) {
            offsets[step] = (long) step - steps;
        }
        String places =
                graph.node("Add", name + "/places", List.of(end, graph.constant(name + "/offsets", offsets, 1, steps)));
        String zero = graph.constant(name + "/zero", new long[] {0}, 1, 1);
        String held = graph.node("Max", name + "/held", List.of(places, zero));
        String inside = graph.node("GreaterOrEqual", name + "/inside", List.of(places, zero));
        String known = graph.node(
                "And", name + "/known", List.of(inside, gathered(graph, name + "/known/steps", there, held)));
        return new LastItems(graph, held, known);
    }

    /** Their values out of those of all items, [rows, longest]; where there is no item any one. */
    String of(String name, String values) {
        return gathered(graph, name, values, held);
    }

    private static String scalar(Graph graph, String name, long value) {
        return graph.constant(name, new long[] {value}, new long[0]);
    }

    private static String gathered(Graph graph, String name, String values, String places) {
        return graph.node("GatherElements", name, List.of(values, places), Attributes.of("axis", 1));
    }
}
