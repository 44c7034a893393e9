package dev.ringside.training.network;

import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Multi-head attention (Vaswani et al. 2017, section 3.2): head h of a token that asks is softmax(q kᵀ/√d) v over all
 * tokens that are asked, with d = width/heads numbers of each; the heads side by side are mapped once more.
 *
 * @param name its parameters' prefix
 * @param width how many numbers a token
 * @param heads a divisor of the width
 * @param dropout the share of the softmax's weights that are set to 0 during training
 */
record Attention(String name, int width, int heads, double dropout) {
    private Projection part(String part) {
        return new Projection(name + "." + part, width, width);
    }

    void initialise(Weights weights, RandomGenerator random) {
        for (String part : List.of("query", "key", "value", "out")) {
            part(part).initialise(weights, random);
        }
    }

    /**
     * Says for each token that asks what it finds.
     *
     * @param asking [rows, any number, width]
     * @param asked [rows, tokens, width]
     */
    Tensor forward(Tensor asking, Tensor asked, Parameters parameters, boolean training) {
        Tensor query = byHead(part("query").forward(asking, parameters, training));
        Tensor key = byHead(part("key").forward(asked, parameters, training));
        Tensor value = byHead(part("value").forward(asked, parameters, training));
        Tensor shares = torch.softmax(torch.matmul(query, key.transpose(2, 3)).mul(new Scalar(scale())), -1);
        if (training && dropout > 0) {
            shares = torch.dropout(shares, dropout, true);
        }
        Tensor found = torch.matmul(shares, value).transpose(1, 2).reshape(asking.size(0), asking.size(1), width);
        return part("out").forward(found, parameters, training);
    }

    private double scale() {
        return 1 / StrictMath.sqrt((double) width / heads);
    }

    /** [rows, tokens, width] as [rows, heads, tokens, width/heads]. */
    private Tensor byHead(Tensor tokens) {
        return tokens.reshape(tokens.size(0), tokens.size(1), heads, width / heads)
                .transpose(1, 2);
    }

    String export(Graph graph, String asking, String asked, Weights weights) {
        String query = byHead(graph, part("query").export(graph, asking, weights), "query", 0, 2, 1, 3);
        String key = byHead(graph, part("key").export(graph, asked, weights), "key", 0, 2, 3, 1);
        String value = byHead(graph, part("value").export(graph, asked, weights), "value", 0, 2, 1, 3);
        String products = graph.node("MatMul", name + "/products", List.of(query, key));
        String scaled = graph.node(
                "Mul",
                name + "/scaled",
                List.of(products, graph.constant(name + "/scale", new float[] {(float) scale()}, 1)));
        String shares = graph.node("Softmax", name + "/shares", List.of(scaled), Attributes.of("axis", -1L));
        String found = graph.node("MatMul", name + "/found", List.of(shares, value));
        String turned = graph.node(
                "Transpose", name + "/tokens", List.of(found), Attributes.of("perm", new long[] {0, 2, 1, 3}));
        String together = graph.node(
                "Reshape", name + "/together", List.of(turned, graph.axes(name + "/together/shape", 0, 0, width)));
        return part("out").export(graph, together, weights);
    }

    private String byHead(Graph graph, String tokens, String part, long... order) {
        String own = name + "/" + part;
        String heads = graph.node(
                "Reshape", own + "/heads", List.of(tokens, graph.axes(own + "/shape", 0, 0, heads(), each())));
        return graph.node("Transpose", own, List.of(heads), Attributes.of("perm", order));
    }

    private int each() {
        return width / heads;
    }
}
