package dev.ringside.training.evaluation.plot;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param name in the legend
 * @param points from left to right; one that is no finite number interrupts the line
 * @param dotted whether each point has a dot
 */
public record Line(String name, List<Point> points, boolean dotted) {
    public Line {
        points = List.copyOf(points);
    }
}
