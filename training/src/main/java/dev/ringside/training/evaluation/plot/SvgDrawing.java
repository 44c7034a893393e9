package dev.ringside.training.evaluation.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One plot drawn as SVG: the frame with its axes, the lines, the legend below. */
final class SvgDrawing {
    private static final int WIDTH = 640;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 44;
    private static final int HEIGHT = 340;
    private static final int BELOW = 56;
    private static final int LEGEND_LINE = 20;
    private static final int LEGEND_SAMPLE = 32;

    /** No font is measured: this is a generous width of a letter at 12 px. */
    private static final double LETTER = 6.6;

    private final Plot plot;
    private final StringBuilder svg = new StringBuilder();

    SvgDrawing(Plot plot) {
        this.plot = plot;
    }

    String text() {
        List<Line> entries = new ArrayList<>(plot.lines());
        if (plot.reference() != null) {
            entries.add(plot.reference());
        }
        int[] rows = legendRows(entries);
        int height = TOP + HEIGHT + BELOW + (entries.isEmpty() ? 0 : (rows[rows.length - 1] + 1) * LEGEND_LINE) + 8;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, height, Svg.escape(plot.title()));
        svg.append(Svg.style());
        add("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height);
        add("<text class=\"title\" x=\"%d\" y=\"26\">%s</text>%n", LEFT, Svg.escape(plot.title()));
        axes();
        // Nested, so that what leaves the axes is cut off without an id that two drawings on a page would share.
        add(
                "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\">%n",
                LEFT - 4, TOP - 4, width() + 8, HEIGHT + 8, LEFT - 4, TOP - 4, width() + 8, HEIGHT + 8);
        if (plot.reference() != null) {
            line(plot.reference(), "reference");
        }
        for (int i = 0; i < plot.lines().size(); i++) {
            line(plot.lines().get(i), classes(i));
        }
        add("</svg>%n");
        legend(entries, rows);
        return add("</svg>%n").toString();
    }

    private static int width() {
        return WIDTH - LEFT - RIGHT;
    }

    private StringBuilder add(String format, Object... values) {
        return svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }

    private static String classes(int line) {
        return "c" + line % Svg.COLOURS + (line >= Svg.COLOURS ? " again" : "");
    }

    private double across(double value) {
        return LEFT + width() * plot.x().position(value);
    }

    private double down(double value) {
        return TOP + HEIGHT * (1 - plot.y().position(value));
    }

    private void axes() {
        for (Axis.Tick tick : plot.x().ticks()) {
            double at = across(tick.value());
            add("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", at, TOP, TOP + HEIGHT);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", at, TOP + HEIGHT + 18, tick.text());
        }
        for (Axis.Tick tick : plot.y().ticks()) {
            double at = down(tick.value());
            add("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, at, WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 8, at + 4, tick.text());
        }
        add("<path class=\"frame\" d=\"M%d %dV%dH%d\"/>%n", LEFT, TOP, TOP + HEIGHT, WIDTH - RIGHT);
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                LEFT + width() / 2, TOP + HEIGHT + 40, Svg.escape(plot.x().label()));
        add(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                TOP + HEIGHT / 2, Svg.escape(plot.y().label()));
    }

    private void line(Line line, String classes) {
        add("<g class=\"%s\">", classes);
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (Point point : line.points()) {
            boolean shown = Double.isFinite(point.x()) && Double.isFinite(point.y());
            if (shown && line.joined()) {
                path.append(String.format(
                        Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", across(point.x()), down(point.y())));
            }
            if (shown) {
                marks(point, line.dotted());
            }
            drawing = shown;
        }
        add("<path class=\"line\" d=\"%s\"/></g>%n", path);
    }

    private void marks(Point point, boolean dotted) {
        if (point.low() != null && point.high() != null) {
            add(
                    "<path class=\"bar\" d=\"M%.1f %.1fV%.1f\"/>",
                    across(point.x()), down(point.low()), down(point.high()));
        }
        if (point.name() != null) {
            add(
                    "<text class=\"name\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    across(point.x()) + 5, down(point.y()) + 3, Svg.escape(point.name()));
        }
        if (dotted) {
            add("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", across(point.x()), down(point.y()));
        }
    }

    /** The legend's row of each entry: as many in a row as fit. */
    private static int[] legendRows(List<Line> entries) {
        int[] rows = new int[entries.size()];
        double used = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i == 0 ? 0 : rows[i - 1];
            if (i > 0 && used + legendWidth(entries.get(i)) > width()) {
                rows[i]++;
                used = 0;
            }
            used += legendWidth(entries.get(i));
        }
        return rows;
    }

    private static double legendWidth(Line entry) {
        return LEGEND_SAMPLE + 18 + entry.name().length() * LETTER;
    }

    private void legend(List<Line> entries, int[] rows) {
        double x = LEFT;
        for (int i = 0; i < rows.length; i++) {
            x = i > 0 && rows[i] > rows[i - 1] ? LEFT : x;
            int y = TOP + HEIGHT + BELOW + 12 + rows[i] * LEGEND_LINE;
            String classes = i < plot.lines().size() ? classes(i) : "reference";
            add("<g class=\"%s\"><path class=\"line\" d=\"M%.1f %dh%d\"/></g>", classes, x, y - 4, LEGEND_SAMPLE - 8);
            add(
                    "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    x + LEGEND_SAMPLE, y, Svg.escape(entries.get(i).name()));
            x += legendWidth(entries.get(i));
        }
    }
}
