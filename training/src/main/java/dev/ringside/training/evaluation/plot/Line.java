package dev.ringside.training.evaluation.plot;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param name in the legend
 * @param points from left to right; one that is no finite number interrupts the line
 * @param dotted whether each point has a dot
 * @param joined whether a line joins them
 */
public record Line(String name, List<Point> points, boolean dotted, boolean joined) {
    public Line {
        points = List.copyOf(points);
    }

    /** One that joins its points. */
    public Line(String name, List<Point> points, boolean dotted) {
        this(name, points, dotted, true);
    }

    /** Points alone, in any order. */
    public static Line scattered(String name, List<Point> points) {
        return new Line(name, points, true, false);
    }
}
