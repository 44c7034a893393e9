package dev.ringside.training.acceptance;

import dev.ringside.training.evaluation.plot.Plot;
import dev.ringside.training.evaluation.plot.Plots;
import dev.ringside.training.learning.LossHistory;
import dev.ringside.training.learning.LossHistory.Pass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The losses of passes as a picture: of one fitting both of the training and of the validation rows, of several those of
 * the validation rows alone, where they have them.
 */
public final class LossCurves {
    /** Its file. */
    public static final String FILE = "losses.svg";

    /** More lines than that are told apart by nobody. */
    private static final int MOST = 8;

    private LossCurves() {}

    /** The picture; empty where nothing was fitted in passes. */
    static Optional<Plot> of(SequencedMap<String, LossHistory> losses) {
        SequencedMap<String, LossHistory> watched = watched(losses);
        SequencedMap<String, LossHistory> shown = watched.isEmpty() ? losses : watched;
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, double[]> curves = new LinkedHashMap<>();
        if (shown.size() == 1) {
            List<Pass> passes = shown.firstEntry().getValue().passes();
            curves.put("training", training(passes));
            if (!watched.isEmpty()) {
                curves.put("validation", validation(passes));
            }
            return Optional.of(Plots.training("Loss of each pass", "loss", curves));
        }
        for (var entry : shown.entrySet()) {
            if (curves.size() < MOST) {
                List<Pass> passes = entry.getValue().passes();
                curves.put(entry.getKey(), watched.isEmpty() ? training(passes) : validation(passes));
            }
        }
        String title = (watched.isEmpty() ? "Training" : "Validation") + " loss of each pass"
                + (shown.size() > MOST ? ", " + MOST + " of " + shown.size() + " fittings" : "");
        return Optional.of(Plots.training(title, "loss", curves));
    }

    private static SequencedMap<String, LossHistory> watched(SequencedMap<String, LossHistory> losses) {
        SequencedMap<String, LossHistory> watched = new LinkedHashMap<>();
        losses.forEach((place, history) -> {
            if (history.passes().stream().allMatch(pass -> pass.validation() != null)) {
                watched.put(place, history);
            }
        });
        return watched;
    }

    private static double[] training(List<Pass> passes) {
        return passes.stream().mapToDouble(Pass::training).toArray();
    }

    private static double[] validation(List<Pass> passes) {
        return passes.stream()
                .mapToDouble(pass -> pass.validation() == null ? Double.NaN : pass.validation())
                .toArray();
    }
}
