package dev.ringside.training.network;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a training lowers.
 *
 * @param binary log loss of a logit, or else squared error
 * @param focal γ of the focal loss, (1 − p of what happened)^γ times the log loss (Lin et al. 2017, equation 4); 0 for
 *     the log loss
 */
record Loss(boolean binary, double focal) {
    /** The mean over rows, weighted. */
    Tensor mean(Tensor numbers, Tensor targets, Tensor weights) {
        return each(numbers, targets).mul(weights).sum().div(weights.sum());
    }

    private Tensor each(Tensor numbers, Tensor targets) {
        if (!binary) {
            return numbers.sub(targets).square();
        }
        // softplus(x) − y·x is the log loss of the logit x, without overflow.
        Tensor loss = torch.softplus(numbers).sub(numbers.mul(targets));
        if (focal == 0) {
            return loss;
        }
        Tensor ofWhatHappened = torch.exp(loss.neg());
        return torch.pow(ofWhatHappened.neg().add(new Scalar(1.0)), new Scalar(focal))
                .mul(loss);
    }
}
