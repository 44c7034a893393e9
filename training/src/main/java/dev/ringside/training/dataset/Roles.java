package dev.ringside.training.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Columns that are not shown to the model.
 *
 * @param time when a row was; null where the data does not say
 * @param label what is to be predicted
 * @param weight how much a row counts; null where each counts 1
 * @param tasks what else is to be predicted
 */
public record Roles(
        @Nullable String time, Label label, @Nullable String weight, List<Task> tasks) {
    /** Keeps the list as it is. */
    public Roles {
        tasks = List.copyOf(tasks);
    }

    /** Where nothing else is predicted. */
    public Roles(@Nullable String time, Label label, @Nullable String weight) {
        this(time, label, weight, List.of());
    }

    /** How many scores each task has, by its name. */
    public SequencedMap<String, Integer> others() {
        SequencedMap<String, Integer> others = new LinkedHashMap<>();
        tasks.forEach(task -> others.put(task.name(), task.label().scores()));
        return others;
    }
}
