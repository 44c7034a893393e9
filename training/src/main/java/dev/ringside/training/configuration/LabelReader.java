package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.dataset.Task;
import dev.ringside.training.export.OnnxExporter;
import dev.ringside.training.sampling.Sampling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is to be predicted: the label, and tasks beside it. */
final class LabelReader {
    private static final String KINDS = "binary, number or classes";
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}";

    private LabelReader() {}

    static Label label(Section root, @Nullable String time, List<String> problems) {
        JsonNode node = root.node("label");
        if (!node.isObject()) {
            String column = root.text("label", "the column that is true or 1 for positives");
            if (!column.isEmpty() && column.equals(time)) {
                root.problem("label", "'" + column + "' is the time");
            }
            return Label.binary(column);
        }
        var label = new Section("label", node, problems);
        Label read = label(label, label.text("column", "the column that is to be predicted"));
        label.rejectOthers();
        return read;
    }

    private static Label label(Section label, String column) {
        String word = label.has("kind") ? label.text("kind", KINDS) : "binary";
        Label.Kind kind = switch (word) {
            case "number" -> Label.Kind.NUMBER;
            case "classes" -> Label.Kind.CLASSES;
            default -> Label.Kind.BINARY;
        };
        if (!word.equals(kind.name().toLowerCase(Locale.ROOT))) {
            label.problem("kind", "expected " + KINDS + ", found " + word);
        }
        String positive = kind == Label.Kind.BINARY ? label.optionalText("positive") : null;
        List<String> classes = kind == Label.Kind.CLASSES ? classes(label) : List.of();
        return new Label(column, kind, positive, classes, false);
    }

    private static List<String> classes(Section label) {
        List<String> classes = new ArrayList<>();
        for (JsonNode text : label.list("classes", "the texts of all classes, such as [low, middle, high]")) {
            if (text.isContainerNode() || text.isNull() || classes.contains(text.asText())) {
                label.problem("classes", "expected texts, each once, found " + text);
            } else {
                classes.add(text.asText());
            }
        }
        if (classes.size() < 2 && label.has("classes")) {
            label.problem("classes", "expected two or more");
        }
        return classes;
    }

    /**
     * The tasks, each by the name of its output.
     *
     * @param reserved time, label and weight
     */
    static List<Task> tasks(Section root, Set<String> reserved, List<String> problems) {
        List<Task> tasks = new ArrayList<>();
        Set<String> columns = new HashSet<>(reserved);
        for (Map.Entry<String, JsonNode> each : root.section("tasks").others().entrySet()) {
            String name = each.getKey();
            var task = new Section("tasks." + name, each.getValue(), problems);
            String column = task.has("column") ? task.text("column", "the column that is to be predicted") : name;
            if (!name.matches(NAME) || OnnxExporter.OUTPUTS.contains(name)) {
                problems.add("tasks." + name + ": expected a name for an output, letters, digits and _, and none of "
                        + OnnxExporter.OUTPUTS + ", which the label's may be called");
            }
            if (!columns.add(column)) {
                task.problem("column", "'" + column + "' is the label, the time, the weight or another task's column");
            }
            Label label = label(task, column);
            double weight = task.number("weight", 1, 1e-9, 1e9);
            Double huber = null;
            if (task.has("huber")) {
                huber = task.number("huber", 1, 1e-12, Double.POSITIVE_INFINITY);
                if (label.kind() != Label.Kind.NUMBER) {
                    task.problem("huber", "is a loss of numbers: expected nothing, as the task is none");
                }
            }
            task.rejectOthers();
            tasks.add(new Task(name, label.mayBeMissing(), weight, huber));
        }
        return tasks;
    }

    /** Notes what tasks do not go together with. */
    static void together(
            Section root, List<Task> tasks, List<String> features, @Nullable ModelChoice model, Sampling sampling) {
        if (tasks.isEmpty()) {
            return;
        }
        for (Task task : tasks) {
            if (features.contains(task.name())) {
                root.problem("tasks", "'" + task.name() + "' is a feature: call the task's output otherwise");
            }
        }
        boolean networks = model == null || model.singles().stream().allMatch(ModelChoice.Network.class::isInstance);
        if (!networks || (model instanceof ModelChoice.Ensemble ensemble && ensemble.folds() > 0)) {
            root.problem("tasks", "share the body of a network: expected kind network, or an average of networks");
        }
        if (root.has("fine_tune")) {
            root.problem("tasks", "expected none beside fine_tune, which begins with the network of one label");
        }
        if (!sampling.none()) {
            root.problem("tasks", "expected none beside sampling, which weighs rows by one label");
        }
    }
}
