package dev.ringside.training.search;

import java.util.Locale;

/** The values of a search's trials in their order, and the best so far, as an SVG picture. */
final class HistoryPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int BOTTOM = 40;
    private static final int TOP = 20;

    private final History history;
    private final double least;
    private final double range;

    private HistoryPlot(History history) {
        this.history = history;
        double[] values = history.finished().stream()
                .mapToDouble(trial -> trial.value().orElseThrow())
                .sorted()
                .toArray();
        this.least = values[0];
        double greatest = values[values.length - 1];
        this.range = greatest > least ? greatest - least : 1;
    }

    /** The picture; at least one trial has ended well. */
    static String svg(String metric, History history) {
        return new HistoryPlot(history).draw(metric);
    }

    private String draw(String metric) {
        var dots = new StringBuilder();
        var best = new StringBuilder();
        double bestLoss = Double.POSITIVE_INFINITY;
        for (TrialRecord trial : history.finished()) {
            double value = trial.value().orElseThrow();
            dots.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>trial %d: %s</title></circle>%n",
                    x(trial.number()),
                    y(value),
                    trial.number(),
                    value));
            if (history.loss(trial) < bestLoss) {
                best.append(best.isEmpty() ? "M" : String.format(Locale.ROOT, "H%.1fV", x(trial.number())));
                best.append(
                        best.length() == 1
                                ? String.format(Locale.ROOT, "%.1f %.1f", x(trial.number()), y(value))
                                : String.format(Locale.ROOT, "%.1f", y(value)));
                bestLoss = history.loss(trial);
            }
        }
        best.append(String.format(Locale.ROOT, "H%.1f", x(history.trials().size() - 1)));
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                                + " font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
                        WIDTH,
                        HEIGHT,
                        WIDTH,
                        HEIGHT)
                + String.format(
                        Locale.ROOT,
                        "<g stroke=\"#999\"><path d=\"M%d %dV%dH%d\" fill=\"none\"/></g>%n",
                        LEFT,
                        TOP,
                        HEIGHT - BOTTOM,
                        WIDTH - TOP)
                + label(LEFT - 6, y(least) + 4, "end", String.format(Locale.ROOT, "%.5g", least))
                + label(LEFT - 6, y(least + range) + 4, "end", String.format(Locale.ROOT, "%.5g", least + range))
                + label(LEFT, HEIGHT - BOTTOM + 18, "middle", "0")
                + label(
                        WIDTH - TOP,
                        HEIGHT - BOTTOM + 18,
                        "end",
                        String.valueOf(history.trials().size() - 1))
                + label((LEFT + WIDTH) / 2.0, HEIGHT - 8, "middle", "trial")
                + label(LEFT, TOP - 6, "start", escaped(metric))
                + "<g fill=\"#7a869a\">\n" + dots + "</g>\n"
                + "<path d=\"" + best + "\" fill=\"none\" stroke=\"#b3261e\" stroke-width=\"2\"/>\n</svg>\n";
    }

    private double x(int trial) {
        int last = Math.max(1, history.trials().size() - 1);
        return LEFT + (double) trial / last * (WIDTH - LEFT - TOP);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (value - least) / range * (HEIGHT - BOTTOM - TOP);
    }

    private static String label(double x, double y, String anchor, String words) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
