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
    private static final int LEAST_WIDTH = 16;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[\\d,]*(\\.\\d+)?%?");

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();
    private int width = Integer.MAX_VALUE;

    private Table(List<String> headings) {
        this.headings = headings;
    }

    /** A table without rows. */
    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /** Keeps lines within a width where that is possible: the last column goes on in lines below, between words. */
    public Table within(int columns) {
        width = columns;
        return this;
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
        int before =
                IntStream.range(0, widths.length - 1).map(i -> widths[i] + 2).sum();
        int last = Math.max(LEAST_WIDTH, width - before);
        for (List<String> row : rows) {
            List<String> pieces = pieces(row.getLast(), last);
            List<String> first = new ArrayList<>(row);
            first.set(first.size() - 1, pieces.getFirst());
            line(text, first, widths, numbers);
            pieces.stream()
                    .skip(1)
                    .forEach(piece ->
                            text.append(" ".repeat(before)).append(piece).append('\n'));
        }
        return text.toString();
    }

    private static List<String> pieces(String cell, int width) {
        List<String> pieces = new ArrayList<>();
        String rest = cell;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space <= 0 ? width : space;
            pieces.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        pieces.add(rest);
        return pieces;
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
            String padding = " ".repeat(Math.max(0, widths[column] - cell.length()));
            line.append(column == 0 ? "" : "  ").append(numbers[column] ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
