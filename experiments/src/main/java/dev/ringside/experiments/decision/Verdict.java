package dev.ringside.experiments.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;

/** What is to be done now with a region or a wave, and why, in plain sentences. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Promote.class, name = "promote"),
    @JsonSubTypes.Type(value = Verdict.RollBack.class, name = "roll_back"),
    @JsonSubTypes.Type(value = Verdict.Inconclusive.class, name = "inconclusive"),
    @JsonSubTypes.Type(value = Verdict.Continue.class, name = "continue"),
    @JsonSubTypes.Type(value = Verdict.Blocked.class, name = "blocked"),
    @JsonSubTypes.Type(value = Verdict.Pause.class, name = "pause")
})
public sealed interface Verdict {
    /** Why: at least one sentence, the most important first. */
    List<String> reasons();

    /** Its name in JSON and on the page. */
    default String name() {
        return switch (this) {
            case Promote _ -> "promote";
            case RollBack _ -> "roll_back";
            case Inconclusive _ -> "inconclusive";
            case Continue _ -> "continue";
            case Blocked _ -> "blocked";
            case Pause _ -> "pause";
        };
    }

    /** Whether it ends the region. */
    default boolean ends() {
        return switch (this) {
            case Promote _, RollBack _, Inconclusive _ -> true;
            case Continue _, Blocked _, Pause _ -> false;
        };
    }

    /** The verdict in one sentence. */
    default String sentence() {
        String what = switch (this) {
            case Promote _ -> "Promote the challenger: ";
            case RollBack _ -> "Roll the challenger back: ";
            case Inconclusive _ -> "Inconclusive, the champion stays: ";
            case Continue _ -> "Continue: ";
            case Blocked _ -> "Blocked: ";
            case Pause _ -> "Pause: ";
        };
        return what + reasons().getFirst();
    }

    /** The same with more reasons behind its own. */
    default Verdict and(List<String> more) {
        List<String> all = Stream.concat(reasons().stream(), more.stream()).toList();
        return switch (this) {
            case Promote _ -> new Promote(all);
            case RollBack _ -> new RollBack(all);
            case Inconclusive _ -> new Inconclusive(all);
            case Continue _ -> new Continue(all);
            case Blocked blocked -> new Blocked(blocked.because(), all);
            case Pause _ -> new Pause(all);
        };
    }

    /** The challenger is proven better, and no worse than any guardrail's margin. */
    record Promote(List<String> reasons) implements Verdict {
        public Promote {
            reasons = List.copyOf(reasons);
        }
    }

    /** The challenger is proven worse in the primary KPI or a guardrail. */
    record RollBack(List<String> reasons) implements Verdict {
        public RollBack {
            reasons = List.copyOf(reasons);
        }
    }

    /** No look is left that could promote; the champion stays. */
    record Inconclusive(List<String> reasons) implements Verdict {
        public Inconclusive {
            reasons = List.copyOf(reasons);
        }
    }

    /** Nothing is proven yet. */
    record Continue(List<String> reasons) implements Verdict {
        public Continue {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Something about the data must be put right by a person before it can decide.
     *
     * @param because what
     */
    record Blocked(List<Block> because, List<String> reasons) implements Verdict {
        public Blocked {
            because = List.copyOf(because);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Units do not come to the arms as planned: nobody is exposed to the challenger any more until a person resumes or ends
     * the region.
     */
    record Pause(List<String> reasons) implements Verdict {
        public Pause {
            reasons = List.copyOf(reasons);
        }
    }

    /** What can stand in the way of a decision. */
    enum Block {
        /** Units did not come to the arms in the planned ratio: no comparison of the arms can be trusted. */
        @JsonProperty("sample_ratio")
        SAMPLE_RATIO,
        /** Too many units were seen in two arms, or more of one arm than of the other. */
        @JsonProperty("crossed_units")
        CROSSED_UNITS,
        /** The champion answered in the assigned version's place in unequal shares of the arms. */
        @JsonProperty("fallbacks")
        FALLBACKS,
        /** Predictions came after their units were settled, in unequal shares of the arms. */
        @JsonProperty("late_exposures")
        LATE_EXPOSURES,
        /** Outcomes came too late, in unequal shares of the arms. */
        @JsonProperty("late_outcomes")
        LATE_OUTCOMES,
        /** A KPI that leaves out units without outcomes left out more of one arm than of the other. */
        @JsonProperty("outcome_rates")
        OUTCOME_RATES
    }
}
