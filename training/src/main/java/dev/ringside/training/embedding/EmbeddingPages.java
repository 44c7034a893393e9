package dev.ringside.training.embedding;

import dev.ringside.training.embedding.Neighbours.Neighbour;
import dev.ringside.training.evaluation.plot.Axis;
import dev.ringside.training.evaluation.plot.Line;
import dev.ringside.training.evaluation.plot.Plot;
import dev.ringside.training.evaluation.plot.Point;
import dev.ringside.training.learning.LearntVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What people look at of learnt vectors: {@code neighbours.md} with the nearest texts of each, for each feature a picture of
 * the plane in which they differ most, and a table of the vectors for other tools.
 */
public final class EmbeddingPages {
    /** The page. */
    public static final String PAGE = "neighbours.md";

    private static final int NEAREST = 5;

    /** More lines of a page, or texts of a picture, than that are read by nobody; the table has them all. */
    private static final int MOST = 150;

    private EmbeddingPages() {}

    /** Whether a file of that name is one of these. */
    public static boolean owns(String file) {
        return file.equals(PAGE) || file.matches("embedding-[A-Za-z0-9_-]+\\.(csv|svg)");
    }

    /**
     * The files by name; none where no vectors were learnt.
     *
     * @param all of the members of an ensemble one after the other
     */
    public static Map<String, String> of(List<LearntVectors> all) {
        Map<String, String> files = new TreeMap<>();
        if (all.isEmpty()) {
            return files;
        }
        var page =
                new StringBuilder("# What learnt vectors say is alike\n\nNearest by the cosine of the angle, which is"
                        + " in brackets: 1 for the same direction, 0 for nothing in common.\n");
        names(all).forEach((name, vectors) -> {
            page.append("\n## ").append(name).append("\n\n");
            files.put("embedding-" + name + ".csv", table(vectors));
            if (vectors.dimensions() > 1 && vectors.texts().size() > 2) {
                files.put("embedding-" + name + ".svg", plane(name, vectors).svg());
                page.append("![")
                        .append(name)
                        .append("](embedding-")
                        .append(name)
                        .append(".svg)\n\n");
            }
            neighbours(page, vectors);
        });
        files.put(PAGE, page.toString());
        return files;
    }

    /** Names for files: the feature's, with a number where several members have vectors of it. */
    private static SequencedMap<String, LearntVectors> names(List<LearntVectors> all) {
        SequencedMap<String, LearntVectors> names = new LinkedHashMap<>();
        for (LearntVectors vectors : all) {
            String plain = vectors.feature().replaceAll("[^A-Za-z0-9_-]", "_");
            String name = plain;
            for (int number = 2; names.containsKey(name); number++) {
                name = plain + "-" + number;
            }
            names.put(name, vectors);
        }
        return names;
    }

    private static void neighbours(StringBuilder page, LearntVectors vectors) {
        var neighbours = new Neighbours(vectors);
        int shown = Math.min(vectors.texts().size(), MOST + 1);
        if (shown < vectors.texts().size()) {
            page.append("The first ")
                    .append(MOST)
                    .append(" of ")
                    .append(vectors.texts().size() - 1)
                    .append(" texts.\n\n");
        }
        page.append("| text | nearest |\n|---|---|\n");
        for (int place = 1; place < shown; place++) {
            List<String> nearest = new ArrayList<>();
            for (Neighbour neighbour : neighbours.of(place, NEAREST)) {
                nearest.add(cell(neighbour.text()) + String.format(Locale.ROOT, " (%.2f)", neighbour.cosine()));
            }
            page.append("| ")
                    .append(cell(vectors.texts().get(place)))
                    .append(" | ")
                    .append(String.join(", ", nearest))
                    .append(" |\n");
        }
    }

    private static String cell(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\R", " ");
    }

    private static Plot plane(String name, LearntVectors vectors) {
        var plane = new PrincipalPlane(vectors);
        List<Point> points = new ArrayList<>();
        for (int place = 1; place <= Math.min(MOST, vectors.texts().size() - 1); place++) {
            double[] at = plane.at(place);
            points.add(Point.named(at[0], at[1], vectors.texts().get(place)));
        }
        double[] shares = plane.shares();
        return new Plot(
                "Learnt vectors of " + name,
                Axis.around(axis("first", shares[0]), points.stream().mapToDouble(Point::x)),
                Axis.around(axis("second", shares[1]), points.stream().mapToDouble(Point::y)),
                null,
                List.of(Line.scattered("a text", points)));
    }

    private static String axis(String which, double share) {
        return String.format(Locale.ROOT, "%s principal component, %.0f %% of the variance", which, 100 * share);
    }

    private static String table(LearntVectors vectors) {
        int size = vectors.dimensions();
        var table = new StringBuilder("text");
        IntStream.rangeClosed(1, size).forEach(i -> table.append(",v").append(i));
        table.append('\n');
        for (int place = 0; place < vectors.texts().size(); place++) {
            table.append('"')
                    .append(vectors.texts().get(place).replace("\"", "\"\""))
                    .append('"');
            for (int i = 0; i < size; i++) {
                table.append(',').append(vectors.values()[place * size + i]);
            }
            table.append('\n');
        }
        return table.toString();
    }
}
