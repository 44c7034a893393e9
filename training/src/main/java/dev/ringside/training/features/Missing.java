package dev.ringside.training.features;

import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.graph.Graph;
import java.util.List;

/** What a graph does about missing numbers: NaN, or the whole number that was declared to stand for one. */
final class Missing {
    private Missing() {}

    /** Whether a raw number is missing. */
    static boolean is(FeatureSpec feature, double raw) {
        Long declared = feature.missing();
        return Double.isNaN(raw) || (declared != null && raw == declared);
    }

    /** Writes whether a raw number, FP64, is missing: BOOL of the same shape. */
    static String is(Graph graph, FeatureSpec feature, String raw) {
        Long declared = feature.missing();
        String name = feature.name();
        return declared == null
                ? graph.node("IsNaN", name + "/missing", List.of(raw))
                : graph.node(
                        "Equal", name + "/missing", List.of(raw, graph.constant(name + "/declared missing", (double)
                                declared)));
    }

    /** Writes a value in place of one whose raw number is missing. */
    static String filled(Graph graph, FeatureSpec feature, String raw, String value, double filling) {
        String name = feature.name();
        String constant = graph.constant(name + "/filling", filling);
        return graph.node("Where", name + "/filled", List.of(is(graph, feature, raw), constant, value));
    }
}
