package dev.ringside.training.evaluation.plot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines over two axes.
 *
 * @param title above the plot, and read aloud
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param reference a line to compare with, drawn dashed and grey; null for none
 * @param lines in the order of the legend
 */
public record Plot(String title, Axis x, Axis y, @Nullable Line reference, List<Line> lines) {
    public Plot {
        lines = List.copyOf(lines);
    }

    /** The plot as a whole SVG document. */
    public String svg() {
        return new SvgDrawing(this).text();
    }
}
