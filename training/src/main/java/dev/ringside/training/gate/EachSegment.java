package dev.ringside.training.gate;

import dev.ringside.training.evaluation.Judged;
import dev.ringside.training.evaluation.ScoredRows;
import dev.ringside.training.evaluation.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks of each segment what a gate asks of all rows. Every segment must pass, so none is let through more often than
 * the gate alone would let it (an intersection-union test, Berger 1982), and levels need no correction; margins are
 * wider than overall, as a segment's interval is.
 *
 * @param gate asked of each segment
 * @param least a segment with fewer rows, or fewer positives or negatives where there is a yes or no, is named and not
 *     judged
 */
public record EachSegment(ChampionGate gate, int least) implements Gate {
    @Override
    public String name() {
        return "segment_" + gate.name();
    }

    @Override
    public Verdict judge(Evidence evidence) {
        @Nullable String[] segments = evidence.segments();
        if (segments == null) {
            return new Verdict.Passed(name(), "there are no segments", Map.of());
        }
        List<String> refused = new ArrayList<>();
        List<String> small = new ArrayList<>();
        Map<String, Double> figures = new TreeMap<>();
        int[] judged = new int[1];
        Segments.rows(segments).forEach((segment, rows) -> {
            Evidence part = evidence.select(rows);
            String lacking = lacking(part.challenger());
            if (lacking != null) {
                small.add(segment + " (" + lacking + ")");
                return;
            }
            judged[0]++;
            Verdict verdict = gate.judge(part);
            verdict.figures().forEach((name, value) -> figures.put(segment + "/" + name, value));
            if (verdict instanceof Verdict.Refused no) {
                refused.add(segment + ": " + no.reason());
            }
        });
        String unjudged = small.isEmpty() ? "" : "; too small to judge: " + String.join(", ", small);
        return refused.isEmpty()
                ? new Verdict.Passed(name(), judged[0] + " segments are within the margin" + unjudged, figures)
                : new Verdict.Refused(
                        name(),
                        refused.size() + " of " + judged[0] + " segments are not within the margin. "
                                + String.join(". ", refused) + unjudged,
                        figures);
    }

    private @Nullable String lacking(Judged judged) {
        if (!(judged instanceof ScoredRows rows)) {
            return judged.size() < least ? judged.size() + " rows" : null;
        }
        long positives = rows.positives();
        long negatives = rows.size() - positives;
        if (positives < least) {
            return positives + " positives";
        }
        return negatives < least ? negatives + " negatives" : null;
    }
}
