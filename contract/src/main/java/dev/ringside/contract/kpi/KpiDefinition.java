package dev.ringside.contract.kpi;

import static dev.ringside.contract.InvalidInput.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringside.contract.InvalidInput;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A business KPI: which outcomes, how one unit's outcomes become one number, and what the number is for.
 *
 * @param name the KPI's name within its experiment
 * @param kind proportion (a unit counts as 0 or 1) or mean (a unit counts as its combined value)
 * @param outcome the name of the outcomes that it reads; default the KPI's name
 * @param combine how a unit's outcomes become one value; default {@code any} for a proportion, else {@code sum}
 * @param missing what a unit without outcomes is: zero, or excluded; default zero
 * @param window how long after the first exposure an outcome's time may lie; default 24h
 * @param grace how much later than that it may still be received; default 1h
 * @param direction which way is better; default up
 * @param role primary (decides promotion), guardrail (must be proven not worse than its margin) or monitor (shown only);
 *     default monitor
 * @param minimumEffect the smallest absolute difference worth finding, in the KPI's unit, above 0; a primary needs one
 * @param power the probability of finding it, between 0.5 and 1; default 0.8
 * @param margin the largest absolute loss that a guardrail may show, in the KPI's unit, above 0; a guardrail needs one
 * @param winsorCap values of a unit are cut to ± this registered number; never a live percentile
 * @param values what is known of a mean's values beforehand; null if nothing is
 */
public record KpiDefinition(
        String name,
        Kind kind,
        String outcome,
        Combine combine,
        Missing missing,
        Duration window,
        Duration grace,
        Direction direction,
        Role role,
        @Nullable Double minimumEffect,
        double power,
        @Nullable Double margin,
        @Nullable Double winsorCap,
        @Nullable Values values) {

    /** What kind of number a unit contributes. */
    public enum Kind {
        /** 1 if the combined value is above zero, else 0. */
        @JsonProperty("proportion")
        PROPORTION,
        /** The combined value. */
        @JsonProperty("mean")
        MEAN
    }

    /** How a unit's outcomes become one value. Ties in time go by event id. */
    public enum Combine {
        /** All added up. */
        @JsonProperty("sum")
        SUM,
        /** The one with the least time. */
        @JsonProperty("first")
        FIRST,
        /** The one with the greatest time. */
        @JsonProperty("last")
        LAST,
        /** The greatest value. */
        @JsonProperty("max")
        MAX,
        /** 1 if any outcome is above zero, else 0. */
        @JsonProperty("any")
        ANY
    }

    /** What a unit without outcomes is. */
    public enum Missing {
        /** A unit with value 0. */
        @JsonProperty("zero")
        ZERO,
        /** Not a unit of this KPI. */
        @JsonProperty("exclude")
        EXCLUDE
    }

    /** What is registered of the values of a mean before any is seen. */
    public enum Values {
        /** A unit's value is never below zero, such as revenue; how many units have one says something about harm then. */
        @JsonProperty("non_negative")
        NON_NEGATIVE
    }

    /** Which way is better. */
    public enum Direction {
        /** More is better. */
        @JsonProperty("up")
        UP,
        /** Less is better. */
        @JsonProperty("down")
        DOWN
    }

    /** What the KPI is for. */
    public enum Role {
        /** Decides promotion; exactly one per experiment. */
        @JsonProperty("primary")
        PRIMARY,
        /** Must be proven not worse than its margin, and may roll back. */
        @JsonProperty("guardrail")
        GUARDRAIL,
        /** Shown, never decides. */
        @JsonProperty("monitor")
        MONITOR
    }

    /** Checks every rule; the complaint names the field. */
    public KpiDefinition {
        Names.check("name", name);
        Names.check("outcome", outcome);
        require(positive(window), "window", "expected more than 0, found " + window);
        require(!grace.isNegative(), "grace", "expected 0 or more, found " + grace);
        require(power >= 0.5 && power < 1, "power", "expected at least 0.5 and below 1, found " + power);
        positive("minimum_effect", minimumEffect);
        positive("margin", margin);
        positive("winsor_cap", winsorCap);
        require(
                role != Role.PRIMARY || minimumEffect != null,
                "minimum_effect",
                "a primary KPI needs one, such as 0.02: the smallest difference worth finding");
        require(
                role != Role.GUARDRAIL || margin != null,
                "margin",
                "a guardrail needs one, such as 0.01: the largest loss that is acceptable");
        require(
                role == Role.GUARDRAIL || margin == null,
                "margin",
                "only a guardrail has one; this KPI's role is " + role.name().toLowerCase(Locale.ROOT));
        require(
                kind != Kind.PROPORTION || combine == Combine.ANY || combine == Combine.MAX,
                "combine",
                "expected any or max for a proportion, found " + combine.name().toLowerCase(Locale.ROOT));
        require(
                values == null || kind == Kind.MEAN,
                "values",
                "only a mean has them, a unit of a proportion is 0 or 1 anyway");
    }

    /** Fills in the defaults of a document that people write. */
    @JsonCreator
    static KpiDefinition of(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("kind") @Nullable Kind kind,
            @JsonProperty("outcome") @Nullable String outcome,
            @JsonProperty("combine") @Nullable Combine combine,
            @JsonProperty("missing") @Nullable Missing missing,
            @JsonProperty("window") @Nullable Duration window,
            @JsonProperty("grace") @Nullable Duration grace,
            @JsonProperty("direction") @Nullable Direction direction,
            @JsonProperty("role") @Nullable Role role,
            @JsonProperty("minimum_effect") @Nullable Double minimumEffect,
            @JsonProperty("power") @Nullable Double power,
            @JsonProperty("margin") @Nullable Double margin,
            @JsonProperty("winsor_cap") @Nullable Double winsorCap,
            @JsonProperty("values") @Nullable Values values) {
        if (name == null) {
            throw new InvalidInput("name", "missing: every KPI needs a name");
        }
        if (kind == null) {
            throw new InvalidInput("kind", "missing: expected proportion or mean");
        }
        return new KpiDefinition(
                name,
                kind,
                outcome == null ? name : outcome,
                combine == null ? (kind == Kind.PROPORTION ? Combine.ANY : Combine.SUM) : combine,
                missing == null ? Missing.ZERO : missing,
                window == null ? Duration.ofHours(24) : window,
                grace == null ? Duration.ofHours(1) : grace,
                direction == null ? Direction.UP : direction,
                role == null ? Role.MONITOR : role,
                minimumEffect,
                power == null ? 0.8 : power,
                margin,
                winsorCap,
                values);
    }

    /** The length of a cohort: a day, or an hour where the window is shorter than an hour. */
    public Duration cohort() {
        return window.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private static boolean positive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void positive(String field, @Nullable Double value) {
        require(
                value == null || (value > 0 && Double.isFinite(value)),
                field,
                "expected a number above 0, found " + value);
    }
}
