package dev.ringside.training.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a gate says of a model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Passed.class, name = "passed"),
    @JsonSubTypes.Type(value = Verdict.Refused.class, name = "refused")
})
public sealed interface Verdict {
    /** The gate's name, such as {@code champion_auc}. */
    String gate();

    /** Why, in words and figures. */
    String reason();

    /** The figures of the reason, by name. */
    Map<String, Double> figures();

    /** The model may go on, as far as this gate is concerned. */
    record Passed(String gate, String reason, Map<String, Double> figures) implements Verdict {
        public Passed {
            figures = sorted(figures);
        }
    }

    /** The model must not challenge. */
    record Refused(String gate, String reason, Map<String, Double> figures) implements Verdict {
        public Refused {
            figures = sorted(figures);
        }
    }

    /** Passed or refused. */
    static Verdict of(boolean passed, String gate, String reason, Map<String, Double> figures) {
        return passed ? new Passed(gate, reason, figures) : new Refused(gate, reason, figures);
    }

    private static Map<String, Double> sorted(Map<String, Double> figures) {
        return Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
