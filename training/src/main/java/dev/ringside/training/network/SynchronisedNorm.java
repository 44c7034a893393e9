package dev.ringside.training.network;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation by the statistics of all ranks' rows, however many each has: numbers, sums and sums of squares are
 * added up over the ranks, and so are the gradients of those sums on the way back. libtorch's own kernels for it take no
 * tensor of a CPU.
 *
 * <p>Sums are of distances from the running mean, which all ranks have alike: a mean far from 0 then takes no digits from
 * the variance.
 *
 * @param ranks the processes
 * @param momentum what a batch counts in the running averages
 * @param epsilon what is added to a variance
 */
record SynchronisedNorm(Ranks ranks, double momentum, double epsilon) {
    /**
     * Normalises rows, and takes them into the running averages.
     *
     * @param rows [rows, columns]
     * @param weight by what each column is multiplied
     * @param bias what is added to it
     * @param mean the running mean, which is changed
     * @param variance the running variance, which is changed; of a batch it is the unbiased one
     */
    Tensor of(Tensor rows, Tensor weight, Tensor bias, Tensor mean, Tensor variance) {
        double count = ranks.sum((double) rows.size(0));
        Tensor distances = rows.sub(mean);
        Tensor own = torch.cat(
                new TensorVector(distances.sum(0), distances.mul(distances).sum(0)));
        Tensor sums = summed(own).div(new Scalar(count));
        long columns = mean.size(0);
        Tensor shift = sums.narrow(0, 0, columns);
        Tensor spread = sums.narrow(0, columns, columns).sub(shift.mul(shift));
        Tensor normalised = distances.sub(shift).div(torch.sqrt(spread.add(new Scalar(epsilon))));
        Tensor result = normalised.mul(weight).add(bias);
        try (NoGradGuard _ = new NoGradGuard()) {
            mean.add_(shift.detach().mul(new Scalar(momentum)));
            if (count > 1) {
                variance.mul_(new Scalar(1 - momentum))
                        .add_(spread.detach().mul(new Scalar(momentum * count / (count - 1))));
            }
        }
        return result;
    }

    /** The sum over all ranks, whose gradient is the sum of theirs: each rank's loss depends on every rank's part. */
    private Tensor summed(Tensor own) {
        Tensor all = own.detach().clone();
        ranks.sum(all);
        Tensor sum = own.sub(own.detach()).add(all); // exactly what was summed, and a function of this rank's part
        if (sum.requires_grad()) {
            sum.register_hook(new TensorTensorHook() {
                @Override
                public TensorBase call(TensorBase gradient) {
                    Tensor gradients = new Tensor(gradient).clone();
                    ranks.sum(gradients);
                    return gradients;
                }
            });
        }
        return sum;
    }
}
