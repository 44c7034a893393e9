package dev.ringside.app.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows under headings, columns aligned with spaces: texts to the left, numbers to the right. */
public final class Table {
    private static final String NOTHING = "-";
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[\\d,]*(\\.\\d+)?%?");

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /** A table without rows. */
    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /** Adds a row; null is shown as a dash. */
    public Table row(@Nullable Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("expected " + headings.size() + " cells, found " + cells.length);
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null || cell.toString().isEmpty() ? NOTHING : cell.toString())
                .toList());
        return this;
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        boolean[] numbers = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            numbers[column] = isNumeric(column);
        }
        line(text, headings, widths, numbers);
        rows.forEach(row -> line(text, row, widths, numbers));
        return text.toString();
    }

    private int width(int column) {
        return Math.max(
                headings.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private boolean isNumeric(int column) {
        List<String> values = rows.stream()
                .map(row -> row.get(column))
                .filter(cell -> !cell.equals(NOTHING))
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths, boolean[] numbers) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ").append(numbers[column] ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
