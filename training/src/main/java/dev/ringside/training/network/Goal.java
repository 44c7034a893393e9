package dev.ringside.training.network;

import dev.ringside.training.dataset.Task;
import dev.ringside.training.learning.Examples;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One of what a network learns to predict: the label, or a task beside it.
 *
 * @param target what is predicted, which says the loss of a row
 * @param place its place among the goals, 0 for the label
 * @param from the first of its numbers among those of the head
 * @param weight what its loss counts
 * @param huber of a number the error beyond which its loss rises no longer by the square, in the label's unit; null for
 *     squared errors
 * @param unit in which it is learnt
 */
record Goal(
        Target target,
        int place,
        int from,
        double weight,
        @Nullable Double huber,
        LabelUnit unit) {
    /** The label, then the tasks. */
    static List<Goal> of(Target target, @Nullable Double huber, List<Task> tasks, Examples train) {
        List<Goal> goals = new ArrayList<>();
        goals.add(new Goal(target, 0, 0, 1, huber, LabelUnit.of(target, train.targets())));
        int from = target.width();
        for (Task task : tasks) {
            Target own = Target.of(task.label());
            double[] labels = train.others().get(goals.size() - 1);
            goals.add(new Goal(own, goals.size(), from, task.weight(), task.huber(), LabelUnit.of(own, labels)));
            from += own.width();
        }
        return List.copyOf(goals);
    }

    /** The labels of rows. */
    double[] labels(Examples rows) {
        return place == 0 ? rows.targets() : rows.others().get(place - 1);
    }

    /** By what a loss in its unit is multiplied to be one in the label's. */
    double lossUnit() {
        return unit.deviation() * unit.deviation();
    }

    /** Its own column of targets or weights. */
    Tensor own(Tensor ofGoals) {
        return ofGoals.dim() == 1 ? ofGoals : ofGoals.select(1, place);
    }

    /** Its own numbers out of all of the head's, whatever stands before the last dimension. */
    Tensor numbers(Tensor all) {
        return narrow(all, target, from);
    }

    static Tensor narrow(Tensor all, Target target, int from) {
        long last = all.dim() - 1;
        return all.size(last) == target.width() ? all : all.narrow(last, from, target.width());
    }
}
