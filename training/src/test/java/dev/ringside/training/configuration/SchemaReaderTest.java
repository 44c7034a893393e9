package dev.ringside.training.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.dataset.FeatureType;
import dev.ringside.training.validation.ColumnRule;
import dev.ringside.training.validation.Range;
import dev.ringside.training.validation.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SchemaReaderTest {
    private static Schema read(String yaml, List<String> problems) {
        return SchemaReader.read(new Section("schema", Json.readYaml(yaml, JsonNode.class), problems));
    }

    @Test
    void whatALearntSchemaWritesIsReadBackAsTheSameWhateverItsTexts() {
        SequencedMap<String, ColumnRule> columns = new LinkedHashMap<>();
        columns.put("no", new ColumnRule(FeatureType.INTEGER, new Range(-8019, 102127), null, null, 0, 0));
        columns.put(
                "native-country: 'x' #1",
                new ColumnRule(FeatureType.NUMBER, new Range(0.5, 1e20), null, null, 0.0337, 0.001));
        columns.put(
                "texts",
                new ColumnRule(
                        FeatureType.CATEGORY,
                        null,
                        List.of("no", "1.10", "a, b]", "say \"x\"", "new\nline", "Zürich", "~", "#", "  "),
                        null,
                        1,
                        0));
        columns.put("lists", new ColumnRule(FeatureType.NUMBERS, null, null, new Range(0, 7), 0.25, 0));
        Schema schema = new Schema(columns);
        List<String> problems = new ArrayList<>();

        Schema read = read(schema.yaml(), problems);

        assertEquals(List.of(), problems);
        assertEquals(schema, read);
        assertEquals(schema.sha256(), read.sha256());
    }

    @Test
    void aColumnThatSaysLittleIsHeldToLittle() {
        List<String> problems = new ArrayList<>();

        Schema read = read("columns: {age: {type: integer}}", problems);

        assertEquals(List.of(), problems);
        assertEquals(
                new ColumnRule(FeatureType.INTEGER, null, null, null, 1, 0),
                read.columns().get("age"));
    }

    @Test
    void everyMistakeIsNotedWithItsPath() {
        List<String> problems = new ArrayList<>();

        read("""
                columns:
                  a: {type: number, range: [1], values: [x], length: [0, 1]}
                  b: {type: numbers, range: [low, 2], missing: 2}
                colums: {}
                """, problems);

        assertEquals(
                List.of(
                        "schema.columns.a.range: expected two numbers, [LEAST, GREATEST], found [1]",
                        "schema.columns.a.values: numbers have a range: expected range",
                        "schema.columns.a.length: only lists have one",
                        "schema.columns.b.range: expected two numbers, [LEAST, GREATEST], found [\"low\", 2]",
                        "schema.columns.b.missing: expected a number from 0.0 to 1.0, found 2",
                        "schema.colums: unknown field; did you mean columns?; the fields here are columns"),
                problems.stream()
                        .map(problem -> problem.replace("\"low\",2", "\"low\", 2"))
                        .toList());
    }
}
