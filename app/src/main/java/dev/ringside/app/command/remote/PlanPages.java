package dev.ringside.app.command.remote;

import dev.ringside.app.terminal.Table;
import dev.ringside.experiments.plan.Lint;
import java.util.Locale;

/** What a plan can find at a given traffic, before anybody starts it. */
final class PlanPages {
    private PlanPages() {}

    /** What was found, for people. */
    static String page(Lint lint) {
        var text = new StringBuilder();
        if (lint.outlooks().isEmpty()) {
            text.append("how long it takes is not known: say --units-per-day SEGMENT=N, and of each KPI that decides")
                    .append(" --rate KPI=SHARE or --deviation KPI=NUMBER\n");
        } else {
            var table = Table.of("WHERE", "KPI", "EFFECT", "FOUND IN", "PLANNED", "WEEKS, EXPECTED", "WEEKS, PLANNED");
            for (Lint.Outlook outlook : lint.outlooks()) {
                table.row(
                        outlook.where(),
                        outlook.kpi(),
                        outlook.effect(),
                        percent(outlook.forecast().power()),
                        percent(outlook.plannedPower()),
                        weeks(outlook.forecast().expectedWeeks()),
                        weeks(outlook.forecast().weeksNeeded()));
            }
            text.append(table);
        }
        lint.warnings().forEach(warning -> text.append("! ").append(warning).append('\n'));
        return text.append(lint.warnings().isEmpty() ? "nothing speaks against it" : "")
                .toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }

    private static String weeks(double weeks) {
        return String.format(Locale.ROOT, "%.1f", weeks);
    }
}
