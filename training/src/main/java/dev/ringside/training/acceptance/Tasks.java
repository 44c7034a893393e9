package dev.ringside.training.acceptance;

import dev.ringside.training.dataset.Table;
import dev.ringside.training.dataset.Task;
import dev.ringside.training.evaluation.Judged;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a model says of the tasks beside the label. */
final class Tasks {
    private Tasks() {}

    /**
     * The rows that have a task's label, with what a model says of them, by the task's name; none where no row has one.
     *
     * @param scores of each task, of all rows, row after row
     */
    static SequencedMap<String, Judged> judged(List<Task> tasks, Table rows, List<double[]> scores) {
        SequencedMap<String, Judged> judged = new LinkedHashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            double[] labels = rows.others().get(i);
            int width = task.label().scores();
            double[] own = new double[scores.get(i).length];
            int kept = 0;
            for (int row = 0; row < labels.length; row++) {
                if (!Double.isNaN(labels[row])) {
                    System.arraycopy(scores.get(i), row * width, own, kept, width);
                    kept += width;
                }
            }
            if (kept > 0) {
                double[] ofThem = Arrays.copyOf(own, kept);
                judged.put(task.name(), Acceptance.judged(task.label(), rows.ofTask(i), ofThem));
            }
        }
        return judged;
    }
}
