package dev.ringside.e2e;

/** What the API says of experiments in states that take weeks to come about. */
final class DashboardDocuments {
    private DashboardDocuments() {}

    /** The whole answer to {@code GET /api/experiments/{name}}. */
    static String experiment(String name, String state, String created, String... regions) {
        return """
            {"name": "%s", "slot": "eta", "state": "%s", "coverage": "100%%", "created_at": "%s", "started_at": "%s",
             "acts": [], "max_duration": "42d", "waves": [],
             "arms": [{"variant": "champion", "weight": 1}, {"variant": "challenger", "version": "v2", "weight": 1}],
             "kpis": [{"name": "booked", "kind": "proportion", "outcome": "booked", "role": "primary",
                       "minimum_effect": 0.02, "direction": "up", "window": "24h", "grace": "1h"}],
             "regions": [%s]}\
            """.formatted(name, state, created, created, String.join(",", regions));
    }

    /** One of its regions. */
    static String region(String segment, String state, String proven, String by, String acts) {
        return """
            {"segment": "%s", "wave": 1, "state": "%s", "epoch": 1, "started_at": "2026-11-01T00:00:00Z",
             "verdict": "continue", "verdict_text": "Words of %s.", "reasons": [], "kpis": [],
             "arms": [{"variant": "champion", "version": "v1", "exposed": 70, "closed_units": 63, "crossed": 0,
                       "fell_back": 0, "kpis": []},
                      {"variant": "challenger", "version": "v2", "exposed": 77, "closed_units": 66, "crossed": 0,
                       "fell_back": 0, "kpis": []}],
             "evidence": {"proven": "%s"}, "acts": [%s], "attempt": 1, "warnings": [], "runs": [],
             "serving": {"version": "v2", "by": "%s", "forced": %s, "since": "2026-11-05T00:00:00Z"}}\
            """.formatted(segment, state, segment, proven, acts, by, !by.equals("policy"));
    }

    /** What a look says of its KPI. */
    static String kpi(double difference, String at) {
        return """
            {"kpi": "booked", "role": "primary", "difference": %s, "lower": %s, "upper": %s, "interval": "final",
             "information_fraction": 1, "as_of": "%s"}\
            """.formatted(difference, difference - 0.01, difference + 0.01, at);
    }
}
