package dev.ringside.training.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.evaluation.plot.Line;
import dev.ringside.training.evaluation.plot.Plot;
import dev.ringside.training.evaluation.plot.Point;
import dev.ringside.training.learning.LossHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LossCurvesTest {
    private static LossHistory losses(Double validation) {
        var losses = new LossHistory();
        losses.add(0.7, validation);
        losses.add(0.6, validation);
        return losses;
    }

    private static List<String> names(Plot plot) {
        return plot.lines().stream().map(Line::name).toList();
    }

    @Test
    void ofOneFittingBothLossesAreShown() {
        SequencedMap<String, LossHistory> losses = new LinkedHashMap<>();
        losses.put("stopped", losses(0.65));
        losses.put("refit", losses(null));

        Plot plot = LossCurves.of(losses).orElseThrow();

        assertEquals(List.of("training", "validation"), names(plot));
        assertEquals(
                List.of(new Point(1, 0.65), new Point(2, 0.65)),
                plot.lines().getLast().points());
    }

    @Test
    void ofSeveralThoseOfTheRowsHeldOutAreShownAndNoMoreThanCanBeToldApart() {
        SequencedMap<String, LossHistory> losses = new LinkedHashMap<>();
        for (int fold = 0; fold < 10; fold++) {
            losses.put("fold-" + fold, losses(0.6));
        }
        losses.put("refit", losses(null));

        Plot plot = LossCurves.of(losses).orElseThrow();

        assertEquals("Validation loss of each pass, 8 of 10 fittings", plot.title());
        assertEquals("fold-7", names(plot).getLast());
    }

    @Test
    void whatWasWatchedByNothingShowsItsOwnRows() {
        SequencedMap<String, LossHistory> losses = new LinkedHashMap<>();
        losses.put("", losses(null));

        assertEquals(List.of("training"), names(LossCurves.of(losses).orElseThrow()));
        assertTrue(LossCurves.of(new LinkedHashMap<>()).isEmpty());
    }
}
