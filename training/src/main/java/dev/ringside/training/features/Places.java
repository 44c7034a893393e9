package dev.ringside.training.features;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;

/** Places laid out side by side in a graph. */
final class Places {
    private Places() {}

    /** Writes 1 at the place, INT64 [rows, 1], and 0 at all others: FP32, [rows, places]. */
    static String oneHot(Graph graph, String name, String place, long[] places) {
        String laidOut = graph.node(
                Graph.ML,
                "OneHotEncoder",
                name + "/places",
                List.of(place),
                Attributes.of("cats_int64s", places),
                Attributes.of("zeros", 1));
        return graph.node("Squeeze", name + "/one-hot", List.of(laidOut, graph.axes(name + "/axis", 1)));
    }
}
