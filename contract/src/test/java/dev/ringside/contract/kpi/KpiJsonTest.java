package dev.ringside.contract.kpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.GoldenSample;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KpiJsonTest {
    static final KpiDefinition PRIMARY = new KpiDefinition(
            "warning_value",
            KpiDefinition.Kind.MEAN,
            "warning_value",
            KpiDefinition.Combine.SUM,
            KpiDefinition.Missing.ZERO,
            Duration.ofHours(36),
            Duration.ofHours(12),
            KpiDefinition.Direction.UP,
            KpiDefinition.Role.PRIMARY,
            0.02,
            0.8,
            null,
            null,
            null);
    static final KpiDefinition GUARDRAIL = new KpiDefinition(
            "complaint",
            KpiDefinition.Kind.PROPORTION,
            "complaints",
            KpiDefinition.Combine.MAX,
            KpiDefinition.Missing.EXCLUDE,
            Duration.ofMinutes(30),
            Duration.ZERO,
            KpiDefinition.Direction.DOWN,
            KpiDefinition.Role.GUARDRAIL,
            null,
            0.9,
            0.01,
            5.0,
            null);
    static final EpochDefinition EPOCH =
            new EpochDefinition("better", 1, "delay", List.of("champion", "challenger"), List.of(PRIMARY, GUARDRAIL));

    @Test
    void theEndOfAnExperimentIsAsItStandsInTheGoldenSample() {
        GoldenSample.of(KpiJsonTest.class, "experiment-ended.json")
                .holds(
                        new ExperimentEnded("better", 3, java.time.Instant.parse("2001-09-01T00:00:00Z")),
                        ExperimentEnded.class);
    }

    @Test
    void anEpochsDefinitionIsAsItStandsInTheGoldenSample() {
        GoldenSample.of(KpiJsonTest.class, "epoch-definition.json").holds(EPOCH, EpochDefinition.class, "/kpis/0");
    }

    @Test
    void whatADocumentLeavesOutHasItsDefault() {
        assertEquals(
                new KpiDefinition(
                        "late",
                        KpiDefinition.Kind.PROPORTION,
                        "late",
                        KpiDefinition.Combine.ANY,
                        KpiDefinition.Missing.ZERO,
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        KpiDefinition.Direction.UP,
                        KpiDefinition.Role.MONITOR,
                        null,
                        0.8,
                        null,
                        null,
                        null),
                document("{\"name\":\"late\",\"kind\":\"proportion\"}"));
        assertEquals(
                KpiDefinition.Combine.SUM,
                document("{\"name\":\"late\",\"kind\":\"mean\"}").combine());
    }

    @Test
    void whatIsKnownOfAMeansValuesIsWrittenOnlyWhereSomethingIs() {
        KpiDefinition revenue = document("{\"name\":\"revenue\",\"kind\":\"mean\",\"values\":\"non_negative\"}");
        assertEquals(KpiDefinition.Values.NON_NEGATIVE, revenue.values());
        assertTrue(Json.write(revenue).contains("\"values\":\"non_negative\""));
        assertEquals(revenue, document(Json.write(revenue)));
        assertFalse(Json.write(PRIMARY).contains("values"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\":\"mean\"                                                  | name",
                "\"name\":\"a b\",\"kind\":\"mean\"                                 | name",
                "\"name\":\"a\"                                                     | kind",
                "\"name\":\"a\",\"kind\":\"mean\",\"window\":\"0s\"                 | window",
                "\"name\":\"a\",\"kind\":\"mean\",\"power\":1                       | power",
                "\"name\":\"a\",\"kind\":\"mean\",\"role\":\"primary\"              | minimum_effect",
                "\"name\":\"a\",\"kind\":\"mean\",\"role\":\"guardrail\"            | margin",
                "\"name\":\"a\",\"kind\":\"mean\",\"margin\":0.1                    | margin",
                "\"name\":\"a\",\"kind\":\"mean\",\"winsor_cap\":-1                 | winsor_cap",
                "\"name\":\"a\",\"kind\":\"proportion\",\"combine\":\"sum\"         | combine",
                "\"name\":\"a\",\"kind\":\"mean\",\"values\":\"positive\"       | values",
                "\"name\":\"a\",\"kind\":\"proportion\",\"values\":\"non_negative\" | values",
                "\"name\":\"a\",\"kind\":\"mean\",\"windwo\":\"1h\"                 | windwo",
            })
    void aWrongFieldIsNamed(String fields, String field) {
        assertEquals(
                field,
                assertThrows(InvalidInput.class, () -> document("{" + fields + "}"))
                        .field());
    }

    @Test
    void cohortsAreDaysOrHoursWhereTheWindowIsShorterThanAnHour() {
        assertEquals(Duration.ofDays(1), PRIMARY.cohort());
        assertEquals(Duration.ofHours(1), GUARDRAIL.cohort());
        assertEquals(Duration.ofHours(1), EPOCH.cohort());
        Instant day = Instant.parse("2001-04-01T00:00:00Z");
        assertEquals(day, EpochDefinition.floor(Instant.parse("2001-04-01T23:59:59.999Z"), PRIMARY.cohort()));
        assertEquals(Instant.parse("2001-04-04T00:00:00Z"), EpochDefinition.closes(PRIMARY, day));
        assertEquals(
                Instant.parse("1969-12-31T00:00:00Z"),
                EpochDefinition.floor(Instant.parse("1969-12-31T23:59:59Z"), Duration.ofDays(1)));
    }

    private static KpiDefinition document(String json) {
        return Json.readDocument(json.getBytes(StandardCharsets.UTF_8), KpiDefinition.class);
    }
}
