package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.configuration.FittingSettings.Refit;
import dev.ringside.training.configuration.FittingSettings.Stop;
import dev.ringside.training.dataset.Label;
import dev.ringside.training.evaluation.PayOff;
import dev.ringside.training.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads when fittings stop and what follows: {@code stop}, {@code refit}, and the folds of the split. */
final class FittingReader {
    private final Section root;
    private final Label.Kind label;
    private final List<PayOff> payOffs;
    private final Sampling sampling;
    private final boolean transferred;

    /** @param transferred whether the training begins with a fitted model */
    FittingReader(Section root, Label.Kind label, List<PayOff> payOffs, Sampling sampling, boolean transferred) {
        this.root = root;
        this.label = label;
        this.payOffs = List.copyOf(payOffs);
        this.sampling = sampling;
        this.transferred = transferred;
    }

    /** How many folds the split asks for, which is checked with it; 0 for none. */
    static int folds(JsonNode split) {
        return split.path("folds").asInt(0);
    }

    /**
     * Reads the sections.
     *
     * @param folds how many folds the split asks for
     * @param model what is fitted; null where that is not known
     */
    FittingSettings read(int folds, @Nullable ModelChoice model) {
        boolean stops = model == null || model.needsValidation();
        Stop stop = root.has("stop") ? stop(root.section("stop")) : null;
        if (stop != null && !stops) {
            root.problem("stop", "the model never stops early; trees do with a patience above 0");
        }
        Refit refit = refit(folds);
        if ((refit != Refit.NONE || folds > 0) && transferred) {
            root.problem("refit", "expected neither refit nor split.folds beside fine_tune, which begins with a model");
        }
        if ((refit != Refit.NONE || folds > 0) && sampling.selfTraining() != null) {
            root.problem("refit", "expected neither refit nor split.folds beside self-training");
        }
        if ((refit == Refit.ALL || refit == Refit.AUTO) && folds == 0 && !stops) {
            root.problem("refit", "the model is fitted without validation rows: give them to split.train instead");
        }
        return new FittingSettings(stop, folds, refit);
    }

    private Refit refit(int folds) {
        String word = root.has("refit")
                ? root.text("refit", "none, all, folds or auto").toLowerCase(Locale.ROOT)
                : (folds > 0 ? "all" : "none");
        Refit refit = switch (word) {
            case "all" -> Refit.ALL;
            case "folds" -> Refit.FOLDS;
            case "none" -> Refit.NONE;
            case "auto" -> Refit.AUTO;
            default -> null;
        };
        if (refit == null) {
            root.problem("refit", "expected none, all, folds or auto, found " + word);
        } else if (refit == Refit.FOLDS && folds == 0) {
            root.problem("refit", "folds needs split.folds, such as 5");
        } else if (refit == Refit.AUTO && folds > 0) {
            root.problem(
                    "refit", "auto chooses by a validation part, which split.folds has none of: take all or folds");
        } else if (refit == Refit.NONE && folds > 0) {
            root.problem("refit", "expected all or folds, as none of the folds' models is the model");
        }
        return refit == null ? Refit.NONE : refit;
    }

    private Stop stop(Section stop) {
        boolean number = label == Label.Kind.NUMBER;
        List<String> names = new ArrayList<>(
                number
                        ? List.of("validation.rmse", "validation.mae")
                        : List.of("validation.log_loss", "validation.auc"));
        payOffs.forEach(payOff -> names.add("validation." + payOff.name()));
        String written = stop.text("metric", String.join(", ", names));
        String full = written.startsWith("validation.") ? written : "validation." + written;
        String metric = full.substring("validation.".length());
        if (!written.isEmpty() && !names.contains(full)) {
            stop.problem("metric", "expected one of " + String.join(", ", names) + ", found " + written);
        } else if (label == Label.Kind.CLASSES) {
            stop.problem("metric", "needs a binary label or a number: classes are stopped by their log loss");
        } else if (!sampling.none()
                && payOffs.stream().anyMatch(payOff -> payOff.name().equals(metric))) {
            stop.problem(
                    "metric",
                    "a pay-off has a threshold on probabilities, which are those of the sample while fitting: take"
                            + " validation.auc beside sampling");
        }
        Integer patience = stop.has("patience") ? (Integer) stop.size("patience", 5) : null;
        double leastGain = stop.number("least_gain", 0, 0, Double.POSITIVE_INFINITY);
        stop.rejectOthers();
        return new Stop(metric, patience, leastGain);
    }
}
