package dev.ringside.training.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.Column;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.dataset.Label;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ValidationReportTest {
    private static Rows rows(int stream, double shift) {
        int[] starts = IntStream.rangeClosed(0, 400).map(row -> row / 2).toArray();
        return new Rows(400, row -> Rows.uniform(row, stream) < 0.5 ? 1 : 0)
                .number("a|b*<c>", row -> row % 9 == 0 ? Double.NaN : Rows.uniform(row, stream + 1) + shift)
                .text("name", row -> "n" + row % 120)
                .add(
                        new FeatureSpec("steps", FeatureType.NUMBERS),
                        new Column.NumberLists(new float[starts[400]], starts));
    }

    private static ValidationReport report(LeakSettings leaks, Rows train, Rows test) {
        Schema schema = Schema.learn(train.table(), train.features());
        var drift = new DriftSettings(DriftLimits.DEFAULT, 10, new LinkedHashMap<>(), new LinkedHashMap<>());
        return train.report(new ValidationSettings(schema, leaks, drift), Label.Kind.BINARY, test);
    }

    @Test
    void theReportIsReadBackFromItsJsonAsTheSame() {
        ValidationReport report = report(LeakSettings.DEFAULT, rows(1, 0), rows(10, 3));

        ValidationReport read = Json.read(report.files().get("validation.json"), ValidationReport.class);

        assertEquals(report, read);
        assertEquals(report.problems(), read.problems());
    }

    @Test
    void thePageHasALineForEachColumnAndMarksWhatMoved() {
        ValidationReport report = report(LeakSettings.DEFAULT, rows(1, 0), rows(10, 3));

        String page = report.files().get("validation.md");

        assertTrue(page.contains("# Validation of 400 rows"), page);
        assertTrue(page.contains("- **drift: column 'a\\|b\\*\\<c\\>' moved between train and test: PSI"), page);
        assertTrue(page.contains("| a\\|b\\*\\<c\\> | number | 11.25 % | "), page);
        assertTrue(page.contains("| name | category | 0.00 % | 120 texts, most often 'n0' | AUC "), page);
        assertTrue(page.contains("lists of \\[0, 1\\] |"), page);
        assertTrue(page.lines().anyMatch(line -> line.matches("\\| y \\| label \\|.*\\| \\([0-9.]+\\) \\|")), page);
        assertTrue(page.lines().anyMatch(line -> line.startsWith("| a") && line.endsWith("** |")), page);
        assertTrue(page.contains("![Histograms of each column in each part](drift.svg)"), page);
    }

    @Test
    void theHistogramsAreAPictureThatCanBeReadWithTheFurthestColumnFirst() throws Exception {
        String svg =
                report(LeakSettings.DEFAULT, rows(1, 0), rows(10, 3)).files().get("drift.svg");

        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertEquals("svg", picture.getDocumentElement().getTagName());
        assertTrue(svg.indexOf(">a|b*&lt;c&gt;</text>") > 0, svg);
        assertTrue(svg.indexOf(">a|b*&lt;c&gt;</text>") < svg.indexOf(">name</text>"), svg);
        assertTrue(svg.contains("<title>missing: train 11.3 %</title>"), svg);
        assertTrue(svg.contains(" more: train"), "rare texts are not drawn as one bar");
    }

    @Test
    void rowsOfTheTestPartThatStandInTheTrainingPartAreCountedAndStopTheRunWhereThatIsAsked() {
        Rows train = rows(1, 0);
        Rows others = rows(10, 0);
        Rows test = new Rows(400, row -> row < 100 ? train.target(row) : others.target(row))
                .number("x", row -> row < 100 ? row : -row);
        Rows same = new Rows(400, train::target).number("x", row -> row);
        var leaks = new LeakSettings(0.99, 0.99, 0.2, new LinkedHashMap<>());

        ValidationReport counted = same.report(
                new ValidationSettings(null, LeakSettings.DEFAULT, DriftSettings.MEASURE), Label.Kind.BINARY, test);
        ValidationReport stopped =
                same.report(new ValidationSettings(null, leaks, DriftSettings.MEASURE), Label.Kind.BINARY, test);

        assertEquals(List.of(new Overlap("test", 100, 400, null)), counted.overlaps());
        assertEquals(List.of(), counted.problems());
        assertTrue(
                stopped.problems()
                        .getFirst()
                        .startsWith("leaks: 100 of 400 rows of the test part (25.00 %) stand in the training part too,"
                                + " with the same label, where at most 20 % are expected (leaks.overlap)"),
                () -> stopped.problems().toString());
    }

    @Test
    void rowsThatDifferInOrderOrLabelAloneAreOthers() {
        Rows train = new Rows(4, row -> row % 2).number("a", row -> 1).number("b", row -> 2);
        Rows turned = new Rows(4, row -> row % 2).number("a", row -> 2).number("b", row -> 1);
        Rows labels = new Rows(4, row -> 2).number("a", row -> 1).number("b", row -> 2);
        var settings = new ValidationSettings(null, LeakSettings.DEFAULT, DriftSettings.MEASURE);

        assertEquals(
                0,
                train.report(settings, Label.Kind.BINARY, turned)
                        .overlaps()
                        .getFirst()
                        .rows());
        assertEquals(
                0,
                train.report(settings, Label.Kind.NUMBER, labels)
                        .overlaps()
                        .getFirst()
                        .rows());
        assertEquals(
                4,
                train.report(settings, Label.Kind.BINARY, train)
                        .overlaps()
                        .getFirst()
                        .rows());
    }
}
