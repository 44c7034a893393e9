package dev.ringside.training.network;

import dev.ringside.training.dataset.Label;
import dev.ringside.training.graph.Attributes;
import dev.ringside.training.graph.Graph;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a network predicts of a row, and by how many numbers. */
public sealed interface Target {
    /** How near to 0 a probability can be told. */
    double LEAST = 1e-7;

    /** Of a label. */
    static Target of(Label label) {
        return switch (label.kind()) {
            case BINARY -> new Probability();
            case NUMBER -> new Amount();
            case CLASSES -> new Classes(label.classes().size());
        };
    }

    /** How many numbers the head gives a row, as many as scores. */
    int width();

    /**
     * The loss of each row, [rows], without weights.
     *
     * @param numbers what the head gives, [rows, width]
     * @param targets [rows]
     */
    Tensor losses(Tensor numbers, Tensor targets);

    /** From the head's numbers, [rows, width], to scores. */
    Tensor scores(Tensor numbers);

    /** From scores back to numbers. */
    Tensor numbers(Tensor scores);

    /** The scores of rows, [rows, width], which are means over members where there are several. */
    default Tensor mean(Tensor numbers) {
        Tensor scores = scores(numbers);
        return numbers.dim() == 2 ? scores : scores.mean(1);
    }

    /** Writes {@link #scores}, whatever stands before the last dimension. */
    String export(Graph graph, String numbers);

    /** The probability of a positive; the number is its logit, the loss its log loss. */
    record Probability() implements Target {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public Tensor losses(Tensor numbers, Tensor targets) {
            // softplus(x) − y·x is the log loss of the logit x, without overflow.
            Tensor logits = numbers.squeeze(1);
            return torch.softplus(logits).sub(logits.mul(targets));
        }

        @Override
        public Tensor scores(Tensor numbers) {
            return torch.sigmoid(numbers);
        }

        @Override
        public Tensor numbers(Tensor scores) {
            return torch.logit(scores, new DoubleOptional(LEAST));
        }

        @Override
        public String export(Graph graph, String numbers) {
            return graph.node("Sigmoid", "sigmoid", List.of(numbers));
        }
    }

    /** A number; the loss is the squared error. */
    record Amount() implements Target {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public Tensor losses(Tensor numbers, Tensor targets) {
            return numbers.squeeze(1).sub(targets).square();
        }

        @Override
        public Tensor scores(Tensor numbers) {
            return numbers;
        }

        @Override
        public Tensor numbers(Tensor scores) {
            return scores;
        }

        @Override
        public String export(Graph graph, String numbers) {
            return numbers;
        }
    }

    /**
     * The probability of each of several classes, by softmax; the loss is the log loss.
     *
     * @param width how many classes
     */
    record Classes(int width) implements Target {
        @Override
        public Tensor losses(Tensor numbers, Tensor targets) {
            Tensor places = targets.to(torch.ScalarType.Long).unsqueeze(1);
            return torch.log_softmax(numbers, 1).gather(1, places).squeeze(1).mul(new Scalar(-1.0));
        }

        @Override
        public Tensor scores(Tensor numbers) {
            return torch.softmax(numbers, -1);
        }

        @Override
        public Tensor numbers(Tensor scores) {
            return torch.log(scores.add(new Scalar(LEAST)));
        }

        @Override
        public String export(Graph graph, String numbers) {
            return graph.node("Softmax", "softmax", List.of(numbers), Attributes.of("axis", -1L));
        }
    }
}
