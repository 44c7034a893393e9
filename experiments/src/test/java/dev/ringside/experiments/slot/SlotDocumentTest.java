package dev.ringside.experiments.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.RequestLimit;
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
    void limitsAndCacheAreReadWithTheirDefaultsAndWrittenTheSameWay() {
        SlotDocument least = read(LEAST + "limits: {requests_per_second: 100}\ncache: {ttl: 60s}\n");
        assertEquals(new RequestLimit(100, 100, RequestLimit.By.SLOT, Duration.ofMillis(5)), least.limits());
        assertEquals(new AnswerReuse(Duration.ofSeconds(60), Duration.ofMillis(2)), least.cache());
        assertEquals(least, read(Json.write(least)));
        SlotDocument all = read(LEAST + """
                limits: {requests_per_second: 5, burst: 20, by: key, budget: 10ms}
                cache: {ttl: 1h, budget: 20ms}
                """);
        assertEquals(new RequestLimit(5, 20, RequestLimit.By.KEY, Duration.ofMillis(10)), all.limits());
        assertEquals(new AnswerReuse(Duration.ofHours(1), Duration.ofMillis(20)), all.cache());
        assertEquals(all, read(Json.write(all)));
        assertNull(read(LEAST).limits());
        assertNull(read(LEAST + "cache: null\n").cache());
        assertEquals(
                Duration.ofMillis(1),
                read(LEAST + "deadline: 1ms\nlimits: {requests_per_second: 1}\n")
                        .limits()
                        .budget(),
                "no request waits longer than it may");
    }

    @Test
    void allProblemsOfLimitsAndCacheAreListedTogether() {
        String message = problem(LEAST + """
                deadline: 100ms
                limits: {requests_per_second: 0, burst: 1000001, by: unit, budget: 200ms, per: second}
                cache: {ttl: 8d, budget: 101ms, size: 1}
                """);
        for (String part : List.of(
                "'limits.requests_per_second': expected a whole number from 1 to 1000000, found 0",
                "'limits.burst': expected a whole number from 1 to 1000000, found 1000001",
                "'limits.by': expected key or slot, found \"unit\"",
                "'limits.budget': expected at most the slot's deadline 100ms, found 200ms",
                "'limits.per': unknown field",
                "'cache.ttl': expected at most 7d, found 8d",
                "'cache.budget': expected at most the slot's deadline 100ms, found 101ms",
                "'cache.size': unknown field")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
        String bare = problem(LEAST + "limits: {by: slot}\ncache: {}\n");
        assertTrue(bare.contains("'limits.requests_per_second': missing"), bare);
        assertTrue(bare.contains("'cache.ttl': missing"), bare);
    }

    @Test
    @DisplayName("D7: segments and versions that look like numbers are taken as they are written")
    void namesThatLookLikeNumbersAreTakenAsTheyAreWritten() {
        SlotDocument document = read(LEAST + "segments: [01, 1.10, NO, on]\ndefault_champion: 007\n");
        assertEquals(List.of("01", "1.10", "NO", "on"), document.segments());
        assertEquals("007", document.defaultChampion());
    }
}
