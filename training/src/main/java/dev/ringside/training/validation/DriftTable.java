package dev.ringside.training.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far columns moved from the training part, a line each and part, the furthest first.
 *
 * @param drift what was measured
 */
record DriftTable(List<ColumnDrift> drift) {
    private static final List<String> HEAD = List.of("COLUMN", "TO", "PSI", "KS", "JS", "TOTAL VARIATION", "");

    String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        drift.stream()
                .sorted((one, other) -> Double.compare(other.psi(), one.psi()))
                .forEach(moved -> rows.add(line(moved)));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> Arrays.setAll(
                widths, cell -> Math.max(widths[cell], row.get(cell).length())));
        return rows.stream().map(row -> padded(row, widths)).collect(Collectors.joining("\n"));
    }

    private static List<String> line(ColumnDrift moved) {
        Double ks = moved.ks();
        String says = "";
        if (!moved.excesses().isEmpty()) {
            says = moved.excesses().stream()
                    .map(excess -> excess.measure() + " above " + Words.number(excess.limit(), false))
                    .collect(Collectors.joining(", "));
        } else if (moved.p() >= DriftCheck.BY_CHANCE) {
            says = "as by chance";
        }
        return List.of(
                moved.column(),
                moved.part(),
                Words.figure(moved.psi()),
                ks == null ? "-" : Words.figure(ks),
                Words.figure(moved.jensenShannon()),
                Words.figure(moved.totalVariation()),
                says);
    }

    private static String padded(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int cell = 0; cell < widths.length; cell++) {
            line.append(row.get(cell))
                    .append(" ".repeat(widths[cell] - row.get(cell).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
