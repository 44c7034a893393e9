package dev.ringside.experiments.plan;

import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.KpiDefinition.Kind;
import dev.ringside.contract.kpi.KpiDefinition.Role;
import dev.ringside.experiments.decision.Design;
import dev.ringside.experiments.decision.KpiPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan can find, and what about it deserves a warning. Nothing in it forbids a plan.
 *
 * @param outlooks for each KPI that decides, for each region or wave whose traffic is known
 * @param warnings in sentences, each once
 */
public record Lint(List<Outlook> outlooks, List<String> warnings) {
    private static final double SKEWED = 0.1;
    private static final double SHORT_OF_POWER = 0.05;
    private static final double WEEK = Duration.ofDays(7).toSeconds();

    /** Copies the lists. */
    public Lint {
        outlooks = List.copyOf(outlooks);
        warnings = List.copyOf(warnings);
    }

    /**
     * Units that one promotion is decided from.
     *
     * @param where the region, or the wave
     * @param unitsPerDay first exposures of both arms together
     * @param challengerShare of them
     */
    public record Enrolment(String where, double unitsPerDay, double challengerShare) {}

    /**
     * A KPI's test somewhere.
     *
     * @param where the region, or the wave
     * @param kpi its name
     * @param effect that it is planned to find: the minimum effect, or a guardrail's margin
     * @param plannedPower the share of a guardrail or primary in missing it taken off
     * @param forecast how the test goes at that traffic
     */
    public record Outlook(String where, String kpi, double effect, double plannedPower, Forecast forecast) {}

    /**
     * Looks at a plan.
     *
     * @param known what is known of KPIs under the champion, by name
     */
    public static Lint of(Design.Unit design, List<Enrolment> enrolments, Map<String, Known> known) {
        var outlooks = new ArrayList<Outlook>();
        var warnings = new ArrayList<String>();
        if (design.maxDuration().toSeconds() < 2 * WEEK) {
            warnings.add("max_duration: less than two weeks, so there is one look for promotion, the last");
        }
        for (KpiPlan plan : design.kpis()) {
            if (!plan.decides()) {
                continue;
            }
            document(plan.definition(), known.get(plan.name()), warnings);
            for (Enrolment enrolment : enrolments) {
                Outlook outlook = outlook(design, plan, enrolment, known.get(plan.name()), warnings);
                if (outlook != null) {
                    outlooks.add(outlook);
                }
            }
        }
        return new Lint(outlooks, warnings.stream().distinct().toList());
    }

    private static void document(KpiDefinition kpi, @Nullable Known known, List<String> warnings) {
        String field = kpi.role() == Role.GUARDRAIL ? "margin" : "minimum_effect";
        double effect = effect(kpi);
        if (kpi.kind() == Kind.PROPORTION && effect >= 1) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: %s is %s; a proportion's difference is below 1, so it can never be found (2 points are 0.02)",
                    kpi.name(),
                    field,
                    effect));
        } else if (kpi.kind() == Kind.PROPORTION && known != null && known.mean() + effect > 1) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: %s is %s, and the champion is at %.4f: there is no room for it",
                    kpi.name(),
                    field,
                    effect,
                    known.mean()));
        }
        if (kpi.kind() == Kind.MEAN && kpi.winsorCap() == null) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: no winsor_cap; where few units have most of the sum, arms of different shape can be promoted or"
                            + " rolled back without a difference of means: register a cap near the .99 quantile",
                    kpi.name()));
        }
    }

    private static @Nullable Outlook outlook(
            Design.Unit design, KpiPlan plan, Enrolment enrolment, @Nullable Known known, List<String> warnings) {
        Double planned = plan.informationMax();
        if (planned == null || known == null || !(known.variance() > 0) || !(enrolment.unitsPerDay() > 0)) {
            return null;
        }
        double effect = effect(plan.definition());
        double drift = effect * StrictMath.sqrt(planned);
        double weeks = design.maxDuration().toSeconds() / WEEK;
        double challenger = 7 * enrolment.unitsPerDay() * enrolment.challengerShare();
        double control = 7 * enrolment.unitsPerDay() - challenger;
        double aWeek = SampleSize.informationOf(control, challenger, known.variance(), known.variance()) / planned;
        Forecast forecast = Forecast.of(aWeek, weeks, design.promotionAlpha(), drift, design.minimumFraction());
        double power = plannedPower(design, plan);
        String where = enrolment.where() + ", " + plan.name();
        if (forecast.power() < power - SHORT_OF_POWER) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: in %.1f weeks %.0f %% of the planned information comes, so an effect of %s is found in %.0f of"
                            + " 100 (planned %.0f); it would take %.1f weeks",
                    where,
                    weeks,
                    100 * aWeek * weeks,
                    effect,
                    100 * forecast.power(),
                    100 * power,
                    forecast.weeksNeeded()));
        }
        double enrolled = StrictMath.min(weeks, forecast.weeksNeeded());
        enough(design, plan.definition(), where, control * enrolled, challenger * enrolled, known, warnings);
        skew(where, control * enrolled, challenger * enrolled, known, warnings);
        return new Outlook(enrolment.where(), plan.name(), effect, power, forecast);
    }

    /** The power that a KPI is planned with: missing an effect is split over all that must be proven. */
    private static double plannedPower(Design.Unit design, KpiPlan plan) {
        long tests = design.kpis().stream().filter(KpiPlan::decides).count();
        return 1 - (1 - plan.definition().power()) / tests;
    }

    private static void enough(
            Design.Unit design,
            KpiDefinition kpi,
            String where,
            double control,
            double challenger,
            Known known,
            List<String> warnings) {
        long units = design.minimumCounts().units();
        if (StrictMath.min(control, challenger) < units) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: an arm gets %.0f units; nothing is promoted from fewer than %d",
                    where,
                    StrictMath.min(control, challenger),
                    units));
        }
        if (kpi.kind() == Kind.PROPORTION) {
            double events = (control + challenger) * known.mean();
            long least = design.minimumCounts().events();
            if (events < least) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "%s: about %.0f events come in both arms together; nothing is promoted from fewer than %d",
                        where,
                        events,
                        least));
            }
        }
    }

    /** max |m₃| / (n² se³): how skewed the difference still is when the plan ends. */
    private static void skew(String where, double control, double challenger, Known known, List<String> warnings) {
        Double third = known.thirdMoment();
        if (third == null) {
            return;
        }
        double error = StrictMath.sqrt(known.variance() / control + known.variance() / challenger);
        double least = StrictMath.min(control, challenger);
        double skewness = StrictMath.abs(third) / (least * least * error * error * error);
        if (skewness > SKEWED) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s: the difference still has a skewness of %.2f when the plan ends (%.1f at most is asked), as the"
                            + " smaller arm has %.0f units of skewed values; a more even split, more units or a winsor_cap"
                            + " mend it",
                    where,
                    skewness,
                    SKEWED,
                    least));
        }
    }

    private static double effect(KpiDefinition kpi) {
        Double effect = kpi.role() == Role.GUARDRAIL ? kpi.margin() : kpi.minimumEffect();
        return effect == null ? Double.NaN : effect;
    }
}
