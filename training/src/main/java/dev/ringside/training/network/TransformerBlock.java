package dev.ringside.training.network;

import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A block of a transformer over the tokens of a row, normalised before each of its two steps: every token finds something
 * in all tokens ({@link Attention}), then changes by itself by a gated linear unit, (x A + a) ∘ relu(x B + b) mapped back
 * (ReGLU, Shazeer 2020). Both are added to what was there. As Gorishniy et al. (2021, "Revisiting Deep Learning Models for
 * Tabular Data", section 3.3) found it necessary, the first block does not normalise before its attention.
 *
 * @param number from 1, by which its parameters are called
 * @param settings its sizes
 * @param dropout the share of the gated unit's numbers that are set to 0 during training
 * @param last whether only the first token goes on, as nobody looks at the others behind it
 */
record TransformerBlock(int number, TransformerSettings settings, double dropout, boolean last) implements Layer {
    private String name() {
        return "block" + number;
    }

    private LayerNorm before(String step) {
        return new LayerNorm(name() + "." + step + "_norm", settings.token());
    }

    private Attention attention() {
        return new Attention(name() + ".attention", settings.token(), settings.heads(), settings.attentionDropout());
    }

    private Projection into(String part) {
        return new Projection(name() + "." + part, settings.token(), settings.feedForward());
    }

    private Projection back() {
        return new Projection(name() + ".back", settings.feedForward(), settings.token());
    }

    @Override
    public int outputs() {
        return settings.token();
    }

    @Override
    public void initialise(Weights weights, RandomGenerator random) {
        if (number > 1) {
            before("attention").initialise(weights, random);
        }
        attention().initialise(weights, random);
        before("unit").initialise(weights, random);
        into("linear").initialise(weights, random);
        into("gate").initialise(weights, random);
        back().initialise(weights, random);
    }

    @Override
    public Tensor forward(Tensor rows, Parameters parameters, boolean training) {
        Tensor seen = number > 1 ? before("attention").forward(rows, parameters, training) : rows;
        Tensor found = attention().forward(last ? first(seen) : seen, seen, parameters, training);
        Tensor tokens = (last ? first(rows) : rows).add(found);
        Tensor own = before("unit").forward(tokens, parameters, training);
        Tensor gated = into("linear")
                .forward(own, parameters, training)
                .mul(torch.relu(into("gate").forward(own, parameters, training)));
        if (training && dropout > 0) {
            gated = torch.dropout(gated, dropout, true);
        }
        return tokens.add(back().forward(gated, parameters, training));
    }

    private static Tensor first(Tensor tokens) {
        return tokens.narrow(1, 0, 1);
    }

    @Override
    public String export(Graph graph, String rows, Weights weights) {
        String seen = number > 1 ? before("attention").export(graph, rows, weights) : rows;
        String found = attention().export(graph, last ? first(graph, seen) : seen, seen, weights);
        String tokens = graph.node("Add", name() + "/tokens", List.of(last ? first(graph, rows) : rows, found));
        String own = before("unit").export(graph, tokens, weights);
        String gate = graph.node("Relu", name() + "/open", List.of(into("gate").export(graph, own, weights)));
        String gated =
                graph.node("Mul", name() + "/gated", List.of(into("linear").export(graph, own, weights), gate));
        return graph.node("Add", name(), List.of(tokens, back().export(graph, gated, weights)));
    }

    private String first(Graph graph, String tokens) {
        return Tokens.slice(graph, name() + "/first", tokens, 0, 1);
    }
}
