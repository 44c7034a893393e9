package dev.ringside.training.evaluation.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.training.evaluation.ScoredRows;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlotsTest {
    private static ScoredRows drawn(int rows, double shift) {
        SplittableRandom random = new SplittableRandom(8);
        boolean[] labels = new boolean[rows];
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextDouble() < 0.2;
            double evidence = random.nextGaussian() + (labels[row] ? shift : 0);
            scores[row] = 1 / (1 + Math.exp(-(shift * evidence - shift * shift / 2 - Math.log(4))));
        }
        return new ScoredRows(labels, scores);
    }

    private static SequencedMap<String, ScoredRows> models() {
        SequencedMap<String, ScoredRows> models = new LinkedHashMap<>();
        models.put("champion <logistic & \"old\">", drawn(5_000, 0.6));
        models.put("challenger", drawn(5_000, 1.2));
        return models;
    }

    private static SequencedMap<String, double[]> curves() {
        SequencedMap<String, double[]> curves = new LinkedHashMap<>();
        curves.put(
                "training",
                IntStream.range(0, 30).mapToDouble(i -> 0.4 + 0.2 / (i + 1)).toArray());
        curves.put(
                "validation",
                IntStream.range(0, 30)
                        .mapToDouble(i -> i == 3 ? Double.NaN : 0.43 + 0.15 / (i + 1))
                        .toArray());
        return curves;
    }

    private static List<Plot> all() {
        return List.of(
                Plots.roc(models()),
                Plots.precisionRecall(models()),
                Plots.calibration(models()),
                Plots.training("Training", "log loss", curves()));
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void everyPlotIsXmlThatNeedsNothingElse() throws Exception {
        for (Plot plot : all()) {
            String svg = plot.svg();
            Document document = parse(svg);
            assertEquals(plot.title(), document.getDocumentElement().getAttribute("aria-label"));
            assertFalse(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").contains("http"), "no address");
            assertTrue(svg.contains("prefers-color-scheme:dark"));
            assertTrue(svg.length() < 60_000, plot.title() + " takes " + svg.length());
        }
    }

    @Test
    void everyLineIsDrawnAndNamedInTheLegend() throws Exception {
        for (Plot plot : all()) {
            Document document = parse(plot.svg());
            NodeList texts = document.getElementsByTagName("text");
            List<String> written = IntStream.range(0, texts.getLength())
                    .mapToObj(i -> texts.item(i).getTextContent())
                    .toList();
            assertTrue(written.contains(plot.x().label()));
            assertTrue(written.contains(plot.y().label()));
            for (Line line : plot.lines()) {
                assertTrue(written.contains(line.name()), line.name() + " in " + written);
            }
            NodeList paths = document.getElementsByTagName("path");
            long lines = IntStream.range(0, paths.getLength())
                    .filter(i -> ((Element) paths.item(i)).getAttribute("class").equals("line"))
                    .count();
            assertEquals(2L * (plot.lines().size() + (plot.reference() == null ? 0 : 1)), lines);
        }
    }

    @Test
    void aCurvesLegendHasItsAreaWithTheInterval() {
        String name = Plots.roc(models()).lines().getLast().name();

        assertTrue(name.matches("challenger, AUC 0\\.7875 \\[0\\.\\d{4}, 0\\.\\d{4}]"), name);
    }

    @Test
    void theCurveStartsAtNothingAndEndsAtEverything() {
        List<Point> roc = Plots.roc(models()).lines().getFirst().points();

        assertEquals(new Point(0, 0), roc.getFirst());
        assertEquals(new Point(1, 1), roc.getLast());
        assertTrue(roc.size() < 1_100, "thinned to " + roc.size());
    }

    @Test
    void aModelOfOneClassHasNoCurve() {
        SequencedMap<String, ScoredRows> models = new LinkedHashMap<>();
        models.put("none", new ScoredRows(new boolean[2], new double[] {0.1, 0.2}));

        assertEquals(List.of(), Plots.roc(models).lines());
        assertEquals(List.of(), Plots.precisionRecall(models).lines());
    }

    @Test
    void whatIsNoNumberInterruptsALine() {
        String svg = Plots.training("Training", "log loss", curves()).svg();

        String validation = svg.substring(svg.indexOf("<g class=\"c1\">"));
        String path = validation.substring(0, validation.indexOf("</g>"));
        assertEquals(2, path.chars().filter(c -> c == 'M').count(), path);
    }

    @Test
    void ticksAreRoundAndWithinTheAxis() {
        assertEquals(
                List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"),
                Axis.share("x").ticks().stream().map(Axis.Tick::text).toList());
        Axis axis = Axis.around("loss", DoubleStream.of(0.4312, 0.4498, Double.NaN));
        assertEquals("0.430", axis.ticks().getFirst().text());
        assertEquals("0.450", axis.ticks().getLast().text());
        assertThrows(IllegalArgumentException.class, () -> new Axis("x", 1, 1));
        assertEquals(2, Axis.around("flat", DoubleStream.of(4, 4)).low());
    }

    @Test
    void rareScoresFillTheCalibrationPlot() {
        SequencedMap<String, ScoredRows> models = new LinkedHashMap<>();
        ScoredRows rows = drawn(20_000, 0.6);
        models.put(
                "rare",
                rows.scoredBy(
                        DoubleStream.of(rows.scores()).map(score -> score / 10).toArray()));

        assertTrue(Plots.calibration(models).x().high() <= 0.5);
    }
}
