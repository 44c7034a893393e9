package dev.ringside.training;

import dev.ringside.training.configuration.FittingSettings.Refit;
import dev.ringside.training.fitting.RefitChoice;
import dev.ringside.training.gate.Verdict;
import dev.ringside.training.run.StepTime;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A training's result in words, for people. */
final class Report {
    private Report() {}

    static void print(PrintWriter out, TrainingResult result) {
        out.printf(
                Locale.ROOT,
                "%s/%s trained in %.1f s%s, seed %d%n",
                result.slot(),
                result.version(),
                result.seconds(),
                memory(result.peakBytes()),
                result.seed());
        Map<String, Map<String, Double>> groups = new TreeMap<>();
        new TreeMap<>(result.metrics()).forEach((name, value) -> {
            int slash = name.indexOf('/');
            if (slash < 0 && !name.startsWith("gradient_norm.")) {
                out.printf("  %-32s %12s%n", name, number(value));
            } else if (name.startsWith("test_")) {
                String metric = name.substring("test_".length(), slash);
                groups.computeIfAbsent(name.substring(slash + 1), _ -> new TreeMap<>())
                        .put(metric, value);
            }
        });
        table(out, groups);
        Double gain = result.metrics().get("refit_auc_gain");
        if (gain != null) {
            out.printf(
                    Locale.ROOT,
                    "  the refit's AUC less that of the model before: %+.4f [%+.4f, %+.4f] on the test part, by which"
                            + " nothing was chosen%n",
                    gain,
                    result.metrics().getOrDefault("refit_auc_gain_low", Double.NaN),
                    result.metrics().getOrDefault("refit_auc_gain_high", Double.NaN));
        }
        for (Refit refit : new Refit[] {Refit.NONE, Refit.ALL, Refit.FOLDS}) {
            if (result.metrics().containsKey("refit_choice_" + RefitChoice.name(refit))) {
                out.printf(
                        Locale.ROOT,
                        "  %s was chosen: mean loss %.5f stopped, %.5f refit to all, %.5f average of folds, on a half of"
                                + " the validation part that none had seen%n",
                        RefitChoice.name(refit),
                        result.metrics().get("refit_choice_loss_stopped"),
                        result.metrics().get("refit_choice_loss_all"),
                        result.metrics().get("refit_choice_loss_folds"));
            }
        }
        out.printf(
                Locale.ROOT,
                "  parity with ONNX Runtime on %d rows: largest difference %.1e%n  sha256 %s%n  written to %s%n",
                result.parityRows(),
                result.parityDifference(),
                result.sha256(),
                result.model());
        result.gates()
                .forEach(verdict -> out.printf(
                        "  %s %s: %s%n",
                        verdict instanceof Verdict.Refused ? "REFUSED by" : "passed",
                        verdict.gate(),
                        verdict.reason()));
        String registeredAt = result.registeredAt();
        if (result.refused()) {
            out.println("  refused: it is "
                    + (registeredAt == null
                            ? "not registered"
                            : "registered at " + registeredAt + " as refused, with these reasons, and never serves")
                    + "; its card is beside the model");
        } else if (registeredAt != null) {
            out.println("  registered at " + registeredAt);
        }
        out.flush();
    }

    /** What a run that stopped before its end has done. */
    static void print(PrintWriter out, PartialResult result) {
        out.printf("%s/%s, kept in %s%n", result.slot(), result.version(), result.run());
        steps(out, result.steps());
        out.println("  the same command without --until goes on");
        out.flush();
    }

    private static String memory(@Nullable Long bytes) {
        return bytes == null ? "" : String.format(Locale.ROOT, " and at most %.2f GB of memory", bytes / 1e9);
    }

    private static void steps(PrintWriter out, List<StepTime> steps) {
        steps.forEach(step -> out.printf(
                Locale.ROOT, "  %-10s %8.1f s%s%n", step.step(), step.seconds(), step.kept() ? ", done before" : ""));
    }

    private static void table(PrintWriter out, Map<String, Map<String, Double>> groups) {
        SortedSet<String> metrics = new TreeSet<>();
        groups.values().forEach(row -> metrics.addAll(row.keySet()));
        if (metrics.isEmpty()) {
            return;
        }
        line(out, "test", List.copyOf(metrics));
        groups.forEach((group, row) -> line(
                out,
                group,
                metrics.stream()
                        .map(metric -> row.containsKey(metric) ? number(row.get(metric)) : "-")
                        .toList()));
    }

    private static void line(PrintWriter out, String head, List<String> cells) {
        out.printf("  %-16s", head);
        cells.forEach(cell -> out.printf(" %14s", cell));
        out.println();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }
}
