package dev.ringside.training.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a training lowers.
 *
 * @param target what is predicted, which says the loss of a row
 * @param focal γ of the focal loss, (1 − p of what happened)^γ times the log loss (Lin et al. 2017, equation 4), of a
 *     probability; 0 for the log loss
 */
record Loss(Target target, double focal) {
    /** The mean over rows, weighted, and over members where there are several: each learns by itself. */
    Tensor mean(Tensor numbers, Tensor targets, Tensor weights) {
        Tensor each = numbers.dim() == 2
                ? each(numbers, targets)
                : each(numbers.flatten(0, 1), targets.repeat_interleave(numbers.size(1)))
                        .view(numbers.size(0), numbers.size(1))
                        .mean(1);
        return each.mul(weights).sum().div(weights.sum());
    }

    private Tensor each(Tensor numbers, Tensor targets) {
        Tensor loss = target.losses(numbers, targets);
        if (focal == 0 || target instanceof Target.Amount) {
            return loss;
        }
        Tensor ofWhatHappened = torch.exp(loss.neg());
        return torch.pow(ofWhatHappened.neg().add(new Scalar(1.0)), new Scalar(focal))
                .mul(loss);
    }
}
