package dev.ringside.training.trees;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the trees out of a model as XGBoost 3 writes it in JSON. */
final class ForestReader {
    private final Columns columns;
    private final boolean binary;

    /** @param binary whether the model begins with a probability, which stands for its logit */
    ForestReader(Columns columns, boolean binary) {
        this.columns = columns;
        this.binary = binary;
    }

    /** @param rounds how many trees to keep */
    Forest read(JsonNode model, int rounds) {
        JsonNode learner = model.path("learner");
        JsonNode all = learner.path("gradient_booster").path("model").path("trees");
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            trees.add(tree(all.path(i)));
        }
        return new Forest(base(learner.path("learner_model_param").path("base_score")), trees);
    }

    private float base(JsonNode score) {
        float base = Float.parseFloat(score.asText().replaceAll("[\\[\\]]", ""));
        return binary ? (float) -StrictMath.log(1 / base - 1) : base;
    }

    private Tree tree(JsonNode tree) {
        int[] left = whole(tree, "left_children");
        int[] right = whole(tree, "right_children");
        int[] column = whole(tree, "split_indices");
        JsonNode conditions = tree.path("split_conditions");
        JsonNode defaults = tree.path("default_left");
        float[] values = new float[left.length];
        boolean[] missingLeft = new boolean[left.length];
        @Nullable BitSet[] sets = sets(tree, left.length);
        for (int node = 0; node < left.length; node++) {
            values[node] = conditions.path(node).floatValue();
            missingLeft[node] = defaults.path(node).asInt() == 1;
            if (left[node] >= 0 && columns.kind(column[node]) == Columns.Kind.INDICATOR) {
                // XGBoost was told only of the ones: a 0 went where it sends what is missing.
                int zero = missingLeft[node] ? left[node] : right[node];
                int one = 1 < values[node] ? left[node] : right[node];
                left[node] = zero;
                right[node] = one;
                values[node] = 0.5f;
            }
        }
        return new Tree(left, right, column, values, missingLeft, sets);
    }

    private static @Nullable BitSet[] sets(JsonNode tree, int nodes) {
        @Nullable BitSet[] sets = new BitSet[nodes];
        int[] places = whole(tree, "categories");
        int[] of = whole(tree, "categories_nodes");
        int[] starts = whole(tree, "categories_segments");
        int[] sizes = whole(tree, "categories_sizes");
        for (int i = 0; i < of.length; i++) {
            var set = new BitSet();
            for (int j = 0; j < sizes[i]; j++) {
                set.set(places[starts[i] + j]);
            }
            sets[of[i]] = set;
        }
        return sets;
    }

    private static int[] whole(JsonNode tree, String field) {
        JsonNode array = tree.path(field);
        if (!array.isArray()) {
            throw new IllegalStateException("XGBoost's model has no " + field + " in a tree: expected the JSON of"
                    + " version 3, found " + tree.properties().size() + " other fields");
        }
        int[] numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).intValue();
        }
        return numbers;
    }
}
