package dev.ringside.training.evaluation.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * Histograms side by side, each of several parts of the same data over the same bins, two panels in a row.
 *
 * @param title above all, and read aloud
 * @param panels one for each column of the data
 */
public record BarPanels(String title, List<Panel> panels) {
    private static final int WIDTH = 664;
    private static final int LEFT = 44;
    private static final int TOP = 60;
    private static final int PANEL_WIDTH = 288;
    private static final int PANEL_HEIGHT = 178;
    private static final int BETWEEN = 24;
    private static final int BAR_TOP = 38;
    private static final int BAR_HEIGHT = 100;

    public BarPanels {
        panels = List.copyOf(panels);
    }

    /**
     * One panel.
     *
     * @param title above it
     * @param note smaller, below the title
     * @param bins what falls into each bin
     * @param shares of each bin by the part's name, all as long as the bins
     */
    public record Panel(String title, String note, List<String> bins, SequencedMap<String, double[]> shares) {
        public Panel {
            bins = List.copyOf(bins);
            shares = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(shares));
            for (Map.Entry<String, double[]> part : shares.entrySet()) {
                if (part.getValue().length != bins.size()) {
                    throw new IllegalArgumentException("panel '" + title + "': '" + part.getKey() + "' has "
                            + part.getValue().length + " shares, expected " + bins.size());
                }
            }
        }
    }

    /** The panels as a whole SVG document. */
    public String svg() {
        int rows = (panels.size() + 1) / 2;
        int height = TOP + rows * (PANEL_HEIGHT + BETWEEN) + 8;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                height,
                Svg.escape(title));
        svg.append(Svg.style());
        add(svg, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height);
        add(svg, "<text class=\"title\" x=\"%d\" y=\"24\">%s</text>%n", LEFT, Svg.escape(title));
        List<String> parts = parts();
        for (int i = 0; i < parts.size(); i++) {
            add(
                    svg,
                    "<g class=\"c%d\"><rect class=\"dot\" x=\"%d\" y=\"34\" width=\"10\" height=\"10\"/></g>"
                            + "<text x=\"%d\" y=\"43\">%s</text>%n",
                    i % Svg.COLOURS,
                    LEFT + 130 * i,
                    LEFT + 16 + 130 * i,
                    Svg.escape(parts.get(i)));
        }
        for (int i = 0; i < panels.size(); i++) {
            int left = LEFT + i % 2 * (PANEL_WIDTH + BETWEEN);
            panel(svg, panels.get(i), parts, left, TOP + i / 2 * (PANEL_HEIGHT + BETWEEN));
        }
        return svg.append("</svg>\n").toString();
    }

    private List<String> parts() {
        SequencedSet<String> parts = new LinkedHashSet<>();
        panels.forEach(panel -> parts.addAll(panel.shares().keySet()));
        return new ArrayList<>(parts);
    }

    private static void panel(StringBuilder svg, Panel panel, List<String> parts, int left, int top) {
        double most = panel.shares().values().stream()
                .flatMapToDouble(Arrays::stream)
                .max()
                .orElse(0);
        double bin = (double) PANEL_WIDTH / Math.max(1, panel.bins().size());
        double bar = bin * 0.84 / parts.size();
        int ground = top + BAR_TOP + BAR_HEIGHT;
        add(svg, "<text x=\"%d\" y=\"%d\">%s</text>%n", left, top + 14, Svg.escape(panel.title()));
        small(svg, left, top + 28, "start", panel.note());
        small(svg, left + PANEL_WIDTH, top + 28, "end", String.format(Locale.ROOT, "highest bar %.0f %%", 100 * most));
        for (int part = 0; part < parts.size(); part++) {
            double[] shares = panel.shares().get(parts.get(part));
            add(svg, "<g class=\"c%d\">", part % Svg.COLOURS);
            for (int i = 0; shares != null && i < shares.length; i++) {
                double height = most == 0 ? 0 : BAR_HEIGHT * shares[i] / most;
                add(
                        svg,
                        "<rect class=\"dot\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %s %.1f %%"
                                + "</title></rect>",
                        left + i * bin + part * bar,
                        ground - height,
                        bar,
                        height,
                        Svg.escape(panel.bins().get(i)),
                        Svg.escape(parts.get(part)),
                        100 * shares[i]);
            }
            svg.append("</g>\n");
        }
        add(svg, "<path class=\"frame\" d=\"M%d %dh%d\"/>%n", left, ground, PANEL_WIDTH);
        labels(svg, panel.bins(), left, ground, bin);
    }

    private static void small(StringBuilder svg, int x, int y, String anchor, String text) {
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" style=\"font-size:10px\">%s</text>%n",
                x,
                y,
                anchor,
                Svg.escape(text));
    }

    /** Names below the bins, as many as there is room for; the others show where a pointer rests. */
    private static void labels(StringBuilder svg, List<String> bins, int left, int ground, double bin) {
        int letters = 14;
        int every = Math.max(1, (int) Math.ceil(11 / bin));
        for (int i = 0; i < bins.size(); i += every) {
            String name = bins.get(i);
            String shown = name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
            double at = left + (i + 0.5) * bin;
            add(
                    svg,
                    "<text transform=\"translate(%.1f %d) rotate(-35)\" text-anchor=\"end\" style=\"font-size:9px\">%s"
                            + "</text>%n",
                    at,
                    ground + 10,
                    Svg.escape(shown));
        }
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }
}
