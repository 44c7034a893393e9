package dev.ringside.training.network;

import dev.ringside.training.learning.RunContext;
import dev.ringside.training.split.Shuffle;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Greedy layer-wise pretraining (Bengio et al. 2007, section 2.3): before the network learns its target, each hidden
 * layer from first to last learns to give what a linear layer behind it can tell its own input of. No gradient crosses
 * more than one layer, so none vanishes. Inputs are told in units of their deviation over the batch, as those of deep
 * layers may vary little.
 */
final class Pretraining {
    private static final double LEAST_DEVIATION = 1e-6;

    private final Network network;
    private final NetworkSettings settings;
    private final Batches rows;
    private final RunContext run;

    Pretraining(Network network, NetworkSettings settings, Batches rows, RunContext run) {
        this.network = network;
        this.settings = settings;
        this.rows = rows;
        this.run = run;
    }

    /** Changes the hidden layers' parameters. */
    void run(Parameters parameters) {
        List<List<String>> stages = network.stages();
        int width = network.inputs().outputs();
        for (int place = 0; place < network.body().size(); place++) {
            Layer layer = network.body().get(place);
            var decoder = new Linear("decoder", layer.outputs(), width);
            var initial = new Weights();
            decoder.initialise(
                    initial, new SplittableRandom(run.derived("decoder", place).seed()));
            try (PointerScope _ = new PointerScope()) {
                var decoding = new Parameters(initial, true);
                TensorVector trained =
                        parameters.trained(stages.get(network.body().size() - place));
                for (Tensor of : decoding.trained().get()) {
                    trained.push_back(of);
                }
                var optimizer = new AdamW(trained, new AdamWOptions(settings.learningRate()));
                for (int pass = 0; pass < settings.pretraining(); pass++) {
                    int[] order = new int[rows.size()];
                    Arrays.setAll(order, i -> i);
                    Shuffle.shuffle(
                            order,
                            run.derived("pretraining", place * settings.pretraining() + pass)
                                    .seed());
                    pass(place, decoder, parameters, decoding, optimizer, order);
                }
            }
            width = layer.outputs();
        }
    }

    private void pass(
            int place, Linear decoder, Parameters parameters, Parameters decoding, AdamW optimizer, int[] order) {
        try (PointerScope _ = new PointerScope()) {
            Tensor shuffled = torch.tensor(order);
            for (int start = 0; start < order.length; start += settings.batch()) {
                int size = Math.min(settings.batch(), order.length - start);
                try (PointerScope _ = new PointerScope()) {
                    Tensor below = below(place, rows.at(shuffled.narrow(0, start, size)), parameters);
                    Tensor told =
                            decoder.forward(network.body().get(place).forward(below, parameters, true), decoding, true);
                    Tensor wanted = standardised(below);
                    Tensor loss = told.sub(wanted).square().mean();
                    optimizer.zero_grad();
                    loss.backward();
                    optimizer.step();
                }
            }
        }
    }

    private Tensor below(int place, Batches.Batch batch, Parameters parameters) {
        try (NoGradGuard _ = new NoGradGuard()) {
            Tensor values = network.inputs().forward(batch.inputs(), parameters);
            for (int i = 0; i < place; i++) {
                values = network.body().get(i).forward(values, parameters, false);
            }
            return values;
        }
    }

    private static Tensor standardised(Tensor rows) {
        Tensor centred = rows.sub(rows.mean(0));
        Tensor deviation = centred.square().mean(0).sqrt().add(new Scalar(LEAST_DEVIATION));
        return centred.div(deviation);
    }
}
