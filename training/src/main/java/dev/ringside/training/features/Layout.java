package dev.ringside.training.features;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.ArrayList;
import java.util.List;

/** Parts that need no learning, side by side in a graph. */
public final class Layout {
    private Layout() {}

    /**
     * Writes them side by side.
     *
     * @param values the parts' values, in order
     * @return FP32, shape [rows, the widths together]
     */
    public static String sideBySide(Graph graph, List<Part> parts, List<String> values) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            columns.add(
                    switch (parts.get(i)) {
                        case Part.Numbers _, Part.OneHot _ -> values.get(i);
                        case Part.Piecewise(float[] edges, int _) -> bins(graph, edges, values.get(i));
                        case Part.Embedded _, Part.Periodic _, Part.Steps _, Part.EmbeddedSteps _ ->
                            throw new IllegalArgumentException(parts.get(i) + " is learnt");
                    });
        }
        return graph.node("Concat", "encoded", columns, Attributes.of("axis", 1));
    }

    /** Writes how far a number is through each bin: FP32, shape [rows, bins]. */
    public static String bins(Graph graph, float[] edges, String value) {
        float[] left = new float[edges.length - 1];
        float[] width = new float[left.length];
        for (int bin = 0; bin < left.length; bin++) {
            left[bin] = edges[bin];
            width[bin] = edges[bin + 1] - edges[bin];
        }
        String beyond = graph.node("Sub", "beyond", List.of(value, graph.constant("edges", left, 1, left.length)));
        String through = graph.node("Div", "through", List.of(beyond, graph.constant("widths", width, 1, left.length)));
        String none = graph.constant("none", new float[] {0}, new long[0]);
        String whole = graph.constant("whole", new float[] {1}, new long[0]);
        return graph.node("Clip", "bins", List.of(through, none, whole));
    }
}
