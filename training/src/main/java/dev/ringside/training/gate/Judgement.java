package dev.ringside.training.gate;

import java.util.List;

/**
 * What all gates said of a model.
 *
 * @param verdicts one a gate, in the order of the gates
 */
public record Judgement(List<Verdict> verdicts) {
    public Judgement {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether no gate refused. */
    public boolean accepted() {
        return refusals().isEmpty();
    }

    /** The gates that refused. */
    public List<Verdict.Refused> refusals() {
        return verdicts.stream()
                .filter(Verdict.Refused.class::isInstance)
                .map(Verdict.Refused.class::cast)
                .toList();
    }
}
