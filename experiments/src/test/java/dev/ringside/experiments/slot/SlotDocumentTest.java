package dev.ringside.experiments.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.experiments.world.Documents;
import dev.ringside.experiments.world.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotDocumentTest {
    private static final String LEAST = "unit_type: rider\nsignature:\n" + Documents.SIGNATURE.indent(2);

    private static SlotDocument read(String yaml) {
        return SlotDocument.read("eta", Json.readYaml(yaml, JsonNode.class), () -> "random");
    }

    private static String problem(String yaml) {
        return assertThrows(InvalidInput.class, () -> read(yaml)).getMessage();
    }

    @Test
    void aDocumentWithEveryFieldIsReadAndWrittenAsItsGoldenSample() {
        SlotDocument document = read(Samples.read("slot-full.yaml"));
        assertEquals(Samples.read("slot-full.json"), Json.pretty(document));
        assertEquals(document, read(Json.write(document)));
    }

    @Test
    void whatADocumentLeavesOutHasItsDefault() {
        SlotDocument document = read(LEAST);
        assertEquals("segment", document.segmentAttribute());
        assertEquals(List.of(), document.segments());
        assertEquals(Duration.ofSeconds(1), document.deadline());
        assertNull(document.defaultChampion());
        assertEquals("random", document.layerSalt());
        assertEquals(ContentLog.ALL, document.log());
        assertTrue(document.hasSegment("other"));
    }

    @Test
    void aSegmentIsNotNamedByAParameterThatMeansSomethingElse() {
        for (String taken : List.of("unit", "time", "priority")) {
            assertTrue(problem(LEAST + "segment_attribute: " + taken + "\n")
                    .contains("'segment_attribute': '" + taken + "' means something else"));
        }
    }

    @Test
    void allProblemsAreListedTogether() {
        String message = problem("""
                name: ride
                segments: [PDX, PDX, other, a/b]
                signature: {inputs: [], outputs: []}
                deadline: 0s
                default_champion: v 1
                layer_salt: ''
                log: {inputs: some, outputs: maybe, headers: all}
                owner: me
                """);
        for (String part : List.of(
                "'name': expected \"eta\" as in the URL",
                "'unit_type': missing",
                "'segments[1]': \"PDX\" stands here twice",
                "'segments[2]': 'other' is every slot's last segment",
                "'segments[3]': expected 1 to 64 letters",
                "'signature.inputs': missing",
                "'deadline': expected more than 0",
                "'default_champion': expected 1 to 64 letters",
                "'layer_salt': expected 1 to 64 letters",
                "'log.inputs': expected all, none or a percentage",
                "'log.outputs': expected true or false",
                "'log.headers': unknown field",
                "'owner': unknown field")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
        assertTrue(problem(LEAST + "deadline: 107000d\n").contains("'deadline': expected at most 1h, found 107000d"));
        assertTrue(problem("unit_type: rider").contains("'signature': missing"));
        assertTrue(problem("- a").contains("expected an object"));
        assertTrue(problem("unit_type: [a").contains("line 1"));
    }

    private static final String WITH_FEATURES = """
            unit_type: rider
            deadline: 100ms
            signature:
              inputs:
                - {name: distance, datatype: FP32, shape: [-1, 1]}
                - {name: item, datatype: BYTES, shape: [-1, 1]}
                - {name: age_days, datatype: INT64, shape: [-1, 1]}
                - {name: country, datatype: BYTES, shape: [-1]}
                - {name: pixels, datatype: FP32, shape: [-1, 8]}
              outputs: [{name: score, datatype: FP32, shape: [-1, 1]}]
            """;

    @Test
    void featuresAreReadWithTheirDefaultsAndWrittenTheSameWay() {
        SlotDocument document = read(WITH_FEATURES + """
                features:
                  from: redis
                  key: 'user:{unit}:{item}'
                  fields: [age_days, country]
                  defaults: {age_days: -1, country: NO}
                """);
        assertEquals(
                new FeatureSource(
                        FeatureSource.Origin.REDIS,
                        "user:{unit}:{item}",
                        List.of("age_days", "country"),
                        Map.of("age_days", "-1", "country", "NO"),
                        Duration.ofMillis(2)),
                document.features());
        assertEquals(document, read(Json.write(document)));
        assertNull(read(WITH_FEATURES).features());
    }

    @Test
    void allProblemsOfFeaturesAreListedTogether() {
        String message = problem(WITH_FEATURES + """
                features:
                  from: kafka
                  key: 'user:{unit}:{distance}:{country}:{thing}'
                  fields: [age_days, country, country, pixels, contry]
                  defaults: {age_days: young, pixels: 0, weight: 1}
                  budget: 200ms
                  timeout: 2ms
                """);
        for (String part : List.of(
                "'features.from': expected redis, found \"kafka\"",
                "'features.key': {distance} is FP32 of shape [-1, 1]; expected one text, whole number or truth value",
                "'features.key': {country} is a feature itself; expected an input that callers send",
                "'features.key': {thing} is neither unit nor segment nor an input of the signature",
                "'features.fields[2]': \"country\" stands here twice",
                "'features.fields[3]': expected an input with one value a row, of shape [-1, 1] or [-1], found \"pixels\"",
                "'features.fields[4]': the signature has no input \"contry\"; did you mean country?",
                "'features.defaults.age_days': expected a value of INT64, found \"young\"",
                "'features.defaults.country': missing: expected what the model gets while Redis has no value, BYTES",
                "'features.defaults.weight': unknown field",
                "'features.budget': expected at most the slot's deadline 100ms, found 200ms",
                "'features.timeout': unknown field")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
        String bare = problem(WITH_FEATURES + "features: {key: 'user:{unit'}\n");
        for (String part : List.of(
                "'features.from': missing: expected redis",
                "'features.key': expected a name in braces",
                "'features.fields': missing",
                "'features.defaults': missing")) {
            assertTrue(bare.contains(part), () -> part + "\n not in \n" + bare);
        }
        assertTrue(problem("unit_type: rider\nfeatures: {fields: [a]}\n").contains("'signature': missing"));
    }

    @Test
    @DisplayName("D7: segments and versions that look like numbers are taken as they are written")
    void namesThatLookLikeNumbersAreTakenAsTheyAreWritten() {
        SlotDocument document = read(LEAST + "segments: [01, 1.10, NO, on]\ndefault_champion: 007\n");
        assertEquals(List.of("01", "1.10", "NO", "on"), document.segments());
        assertEquals("007", document.defaultChampion());
    }
}
