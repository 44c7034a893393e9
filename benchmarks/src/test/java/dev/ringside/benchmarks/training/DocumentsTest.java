package dev.ringside.benchmarks.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.benchmarks.training.Measure.Better;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home;
    private Path data;

    @BeforeEach
    void create() throws IOException {
        home = Files.createDirectories(folder.resolve("checkout"));
        data = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createDirectories(home.resolve("documents"));
    }

    private static Measure measure(String document) {
        var figure = new Figure.Metric(Training.of(document), "test_auc");
        return new Measure("key", "about", figure, Better.HIGHER, 0, 0, List.of());
    }

    private JsonNode copied(String document) throws IOException {
        Files.writeString(home.resolve("documents/d.yaml"), document);
        Path copy = new Documents(home, data).write("documents/d.yaml", folder);
        return Json.readYaml(Files.readString(copy), JsonNode.class);
    }

    @Test
    void dataOutsideOfTheSourceTreeIsLookedForInTheFolderThatIsNamed() throws IOException {
        JsonNode copy = copied("data: {train: ../../shared/data/train.csv, own: own.csv}");

        assertEquals(
                data.resolve("train.csv").toString(),
                copy.path("data").path("train").asText());
        assertEquals(
                home.resolve("documents/own.csv").toString(),
                copy.path("data").path("own").asText());
    }

    @Test
    void queriesInFilesAreNamedByWhereTheyAreAndOthersStayAsTheyAre() throws IOException {
        JsonNode copy = copied("""
                data: ../../shared/rows.parquet
                source: ../q/rows.sql
                with: {a: a.sql, b: "SELECT 1 AS one"}
                model: {kind: trees, learning_rate: 0.05, max_depth: 6}
                split: {train: [2001-01-01, 2001-03-11]}
                """);

        assertEquals(data.resolve("rows.parquet").toString(), copy.path("data").asText());
        assertEquals(home.resolve("q/rows.sql").toString(), copy.path("source").asText());
        assertEquals(
                home.resolve("documents/a.sql").toString(),
                copy.path("with").path("a").asText());
        assertEquals("SELECT 1 AS one", copy.path("with").path("b").asText());
        assertEquals(0.05, copy.path("model").path("learning_rate").doubleValue());
        assertEquals(6, copy.path("model").path("max_depth").intValue());
        assertEquals("2001-03-11", copy.path("split").path("train").path(1).asText());
    }

    @Test
    void allDataThatIsMissingIsNamedTogether() throws IOException {
        Files.writeString(home.resolve("documents/one.yaml"), "data: {a: ../../a.csv, b: ../../b.csv}");
        Files.writeString(home.resolve("documents/two.yaml"), "data: ../../c.parquet");
        Files.writeString(data.resolve("b.csv"), "");
        var failure = assertThrows(
                InvalidInput.class,
                () -> new Documents(home, data)
                        .check(List.of(measure("documents/one.yaml"), measure("documents/two.yaml"))));

        assertEquals("--data", failure.field());
        assertEquals(
                "no such files: " + data.resolve("a.csv") + ", " + data.resolve("c.parquet")
                        + "; name the folder that they are in, or choose measures without them by --only",
                failure.rule());
    }

    @Test
    void theDigestOfADocumentIsOfAllThatItReads() throws IOException {
        Files.writeString(home.resolve("documents/d.yaml"), "data: ../../rows.csv\nsource: rows.sql\n");
        var documents = new Documents(home, data);
        String before = documents.digest("documents/d.yaml");
        Files.writeString(data.resolve("rows.csv"), "a\n1\n");
        String withData = documents.digest("documents/d.yaml");
        Files.writeString(home.resolve("documents/rows.sql"), "SELECT 1");
        String withQuery = documents.digest("documents/d.yaml");

        assertEquals(3, Set.of(before, withData, withQuery).size());
        assertEquals(withQuery, documents.digest("documents/d.yaml"));
    }

    @Test
    void aKeyThatIsNoneIsNamedBesideThoseThatAre() {
        var failure = assertThrows(InvalidInput.class, () -> Measures.named(List.of("bank_auc", "bank")));

        assertTrue(failure.getMessage().endsWith(", found bank"), failure::getMessage);
        assertTrue(failure.getMessage().contains("flights3m_auc, flights3m_peak_rss_gb"), failure::getMessage);
        assertEquals(
                List.of("adult_trees_auc", "bank_auc"),
                Measures.named(List.of("bank_auc", "adult_trees_auc")).stream()
                        .map(Measure::key)
                        .toList());
    }

    @Test
    void everyMeasureHasItsDocumentAndEveryDocumentReadsFilesThatAreThere() throws IOException {
        for (Measure measure : Measures.all()) {
            String document = measure.figure().training().document();
            Path copy = new Documents(SOURCES, data).write(document, folder);
            String source = Json.readYaml(Files.readString(copy), JsonNode.class)
                    .path("source")
                    .asText();
            assertTrue(source.contains("\n") || Files.isRegularFile(Path.of(source)), document + ": " + source);
        }
        assertEquals(
                Measures.all().size(),
                Measures.all().stream().map(Measure::key).distinct().count());
        assertTrue(Measures.all().stream()
                .map(Measure::figure)
                .map(Figure::training)
                .allMatch(training -> training.document().startsWith("benchmarks/training/")));
    }
}
