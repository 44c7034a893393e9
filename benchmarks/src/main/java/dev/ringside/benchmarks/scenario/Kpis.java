package dev.ringside.benchmarks.scenario;

import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;

/** KPIs, written as people register them. */
final class Kpis {
    private Kpis() {}

    /** Whether a unit booked: the primary KPI, with a day's window. */
    static KpiDefinition booked(double minimumEffect) {
        return read("""
                name: booked
                kind: proportion
                role: primary
                minimum_effect: %s
                """.formatted(minimumEffect));
    }

    /** What a unit spent: the primary KPI. */
    static KpiDefinition spent(double minimumEffect) {
        return read("""
                name: spent
                kind: mean
                values: non_negative
                role: primary
                minimum_effect: %s
                """.formatted(minimumEffect));
    }

    /** What a unit spent, cut to a cap. */
    static KpiDefinition spent(double minimumEffect, double cap) {
        return read("""
                name: spent
                kind: mean
                values: non_negative
                role: primary
                minimum_effect: %s
                winsor_cap: %s
                """.formatted(minimumEffect, cap));
    }

    /** A number that may be below zero: the primary KPI. */
    static KpiDefinition score(double minimumEffect) {
        return read("""
                name: score
                kind: mean
                role: primary
                minimum_effect: %s
                """.formatted(minimumEffect));
    }

    /** Whether a unit gave up, less is better: the primary KPI. */
    static KpiDefinition gaveUp(double minimumEffect) {
        return read("""
                name: gave_up
                kind: proportion
                direction: down
                role: primary
                minimum_effect: %s
                """.formatted(minimumEffect));
    }

    /** Whether a unit complained: a guardrail. */
    static KpiDefinition complained(double margin) {
        return read("""
                name: complained
                kind: proportion
                direction: down
                role: guardrail
                margin: %s
                """.formatted(margin));
    }

    /** How long a unit stayed: a guardrail. */
    static KpiDefinition stayed(double margin) {
        return read("""
                name: stayed
                kind: mean
                values: non_negative
                role: guardrail
                margin: %s
                """.formatted(margin));
    }

    /** Whether a unit came back within four weeks: shown only. */
    static KpiDefinition cameBack() {
        return read("""
                name: came_back
                kind: proportion
                role: monitor
                window: 672h
                """);
    }

    private static KpiDefinition read(String document) {
        return Json.readYaml(document, KpiDefinition.class);
    }
}
