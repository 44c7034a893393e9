package dev.ringside.training.network;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a training lowers: the goals' losses, each times its weight.
 *
 * @param goals at least one
 * @param focal γ of the focal loss, (1 − p of what happened)^γ times the log loss (Lin et al. 2017, equation 4), of the
 *     label's probability; 0 for the log loss
 */
record Loss(List<Goal> goals, double focal) {
    /** Below what rows count that have none of a goal's labels, so that a batch of such rows has a loss of 0. */
    private static final double LEAST = 1e-30;

    /**
     * The sum over goals of the mean over the rows that have the goal's label, weighted, and over members where there are
     * several: each learns by itself.
     *
     * @param numbers what the head gives, [rows, numbers] or [rows, members, numbers]
     * @param targets in the goals' units, [rows], or of several goals [rows, goals]
     * @param weights of the same shape, 0 where a row has no label
     */
    Tensor mean(Tensor numbers, Tensor targets, Tensor weights) {
        return share(numbers, targets, weights, together(weights));
    }

    /** What all rows of a step that have a goal's label weigh together, for each goal. */
    List<Tensor> together(Tensor weights) {
        return goals.stream()
                .map(goal -> goal.own(weights).sum().clamp_min(new Scalar(LEAST)))
                .toList();
    }

    /**
     * What some rows have of the mean over these and others.
     *
     * @param together what all of them weigh together, for each goal
     */
    Tensor share(Tensor numbers, Tensor targets, Tensor weights, List<Tensor> together) {
        Tensor sum = share(goals.getFirst(), numbers, targets, weights, together.getFirst());
        for (int i = 1; i < goals.size(); i++) {
            Goal goal = goals.get(i);
            sum = sum.add(
                    share(goal, numbers, targets, weights, together.get(i)).mul(new Scalar(goal.weight())));
        }
        return sum;
    }

    private Tensor share(Goal goal, Tensor all, Tensor targets, Tensor weights, Tensor together) {
        Tensor numbers = goal.numbers(all);
        Tensor own = goal.own(targets);
        Tensor counted = goal.own(weights);
        Tensor each = numbers.dim() == 2
                ? each(goal, numbers, own)
                : each(goal, numbers.flatten(0, 1), own.repeat_interleave(numbers.size(1)))
                        .view(numbers.size(0), numbers.size(1))
                        .mean(1);
        return each.mul(counted).sum().div(together);
    }

    private Tensor each(Goal goal, Tensor numbers, Tensor targets) {
        Double huber = goal.huber();
        if (goal.target() instanceof Target.Amount && huber != null) {
            // The square up to δ, 2δ|e| − δ² beyond, both in the goal's unit: with c = min(|e|, δ) it is 2c|e| − c².
            Tensor error = numbers.squeeze(1).sub(targets).abs();
            Tensor held = torch.clamp(
                    error,
                    new ScalarOptional(new Scalar(0.0)),
                    new ScalarOptional(new Scalar(huber / goal.unit().deviation())));
            return error.mul(held).mul(new Scalar(2.0)).sub(held.square());
        }
        Tensor loss = goal.target().losses(numbers, targets);
        if (focal == 0 || goal.place() > 0 || goal.target() instanceof Target.Amount) {
            return loss;
        }
        Tensor ofWhatHappened = torch.exp(loss.neg());
        return torch.pow(ofWhatHappened.neg().add(new Scalar(1.0)), new Scalar(focal))
                .mul(loss);
    }
}
