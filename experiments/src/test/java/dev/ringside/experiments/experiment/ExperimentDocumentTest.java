package dev.ringside.experiments.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import dev.ringside.experiments.experiment.ExperimentDocument.HarmAction;
import dev.ringside.experiments.experiment.ExperimentDocument.HarmElsewhere;
import dev.ringside.experiments.experiment.ExperimentDocument.NextWave;
import dev.ringside.experiments.experiment.ExperimentDocument.Scope;
import dev.ringside.experiments.world.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentDocumentTest {
    private static final String LEAST = """
            slot: eta
            segments: [PDX]
            arms: [{variant: champion}, {variant: challenger, version: v2}]
            kpis: [{name: booked, kind: proportion, role: primary, minimum_effect: 0.02}]
            """;

    private static ExperimentDocument read(String yaml) {
        return ExperimentDocument.read("better", Json.readYaml(yaml, JsonNode.class), () -> "random");
    }

    private static String problem(String yaml) {
        return assertThrows(InvalidInput.class, () -> read(yaml)).getMessage();
    }

    @Test
    void aDocumentWithEveryFieldIsReadAndWrittenAsItsGoldenSample() {
        ExperimentDocument document = read(Samples.read("experiment-life.yaml"));
        assertEquals(Samples.read("experiment-life.json"), Json.pretty(document));
        assertEquals(document, read(Json.write(document)));
        assertEquals(document, Json.read(Json.write(document), ExperimentDocument.class));
    }

    @Test
    void aDocumentThatTheFirstReleaseKeptIsReadAsItWasThen() {
        String kept = Samples.read("experiment-full.json");
        ExperimentDocument document = Json.read(kept, ExperimentDocument.class);
        assertEquals(Scope.REGION, document.scope());
        assertEquals(NextWave.ONE_PROMOTED, document.nextWave());
        assertEquals(HarmElsewhere.WARN, document.harmElsewhere());
        assertEquals(null, document.holdback(), "nothing was held back then");
        var again = ExperimentDocument.read(
                "better",
                Json.readYaml(Samples.read("experiment-full.yaml"), JsonNode.class),
                () -> "",
                document,
                null);
        assertEquals(document, again, "the same file put again changes nothing");
    }

    @Test
    void whatADocumentLeavesOutHasItsDefault() {
        ExperimentDocument document = read(LEAST);
        assertEquals(List.of(List.of("PDX")), document.waves());
        assertEquals(Coverage.ALL, document.coverage());
        assertEquals("random", document.salt());
        assertEquals(Duration.ofDays(42), document.maxDuration());
        assertEquals(Scope.WAVE, document.scope());
        assertEquals(NextWave.ONE_PROMOTED_NONE_ROLLED_BACK, document.nextWave());
        assertEquals(HarmAction.ROLL_BACK, document.harmAction());
        assertEquals(HarmElsewhere.PAUSE, document.harmElsewhere());
        assertEquals(new Holdback.Plan(Coverage.parse("5%"), Duration.ofDays(28)), document.holdback());
        assertEquals(1, document.arms().getFirst().weight());
        assertEquals(null, document.arms().getFirst().version());
    }

    @Test
    void allProblemsAreListedTogether() {
        String message = problem("""
                slot: 7
                segments: [PDX, PDX]
                arms: [{variant: control}, {variant: challenger, weight: 0}]
                coverage: 200%
                kpis: [{name: booked, kind: proportion}, {name: late, kind: median}]
                max_duration: soon
                scope: world
                colour: red
                """);
        for (String part : List.of(
                "'segments': \"PDX\" stands here twice",
                "'arms[0].variant': expected \"champion\": the control comes first, found \"control\"",
                "'arms[1].version': missing",
                "'arms[1].weight': expected 1 to 10000, found 0",
                "'coverage': expected more than 0% and at most 100%, found 200%",
                "'kpis[1].kind':",
                "'kpis': expected exactly one with role: primary, found 0",
                "'max_duration': expected a duration such as 250ms",
                "'scope': expected wave or region, found \"world\"",
                "'colour': unknown field; the fields here are arms, coverage, description, harm_action")) {
            assertTrue(message.contains(part), () -> part + "\n not in \n" + message);
        }
    }

    @Test
    void everyMistakeIsALineAndNoneIsInvented() {
        String message = problem("""
                slot: eta
                segments: [PDX]
                arms: [{variant: champion}, {variant: challenger, version: v2}]
                kpis:
                  - {name: booked, kind: proportion, role: primary, grace: -1h, combine: sum}
                  - {name: paid, kind: mean, margin: 2, winsor_cap: -1}
                """);
        List<String> fields = message.lines()
                .map(line -> line.substring(1, line.indexOf("':")))
                .toList();
        assertEquals(
                Set.of("kpis[0].grace", "kpis[0].minimum_effect", "kpis[1].winsor_cap", "kpis[1].margin"),
                Set.copyOf(fields),
                message);
        assertFalse(message.contains("exactly one with role: primary"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    slot: eta | | 'slot': missing
                    segments: [PDX] | | 'segments': expected the segments of the experiment
                    segments: [PDX] | segments: [] | 'segments': expected at least one segment
                    segments: [PDX] | waves: [[PDX], []] | 'waves': expected at least one segment in each wave
                    segments: [PDX] | waves: [PDX] | 'waves[0]': expected a list of texts
                    segments: [PDX] | segments: PDX | 'segments': expected a list
                    slot: eta | slot: [eta] | 'slot': expected a text
                    slot: eta | slot: "" | 'slot': expected the name of a slot, found an empty text
                    slot: eta | {slot: eta, name: worse} | not valid
                    coverage | coverage: most | 'coverage': expected a percentage
                    coverage | coverage: 0% | 'coverage': expected more than 0%
                    salt | salt: a b | 'salt': expected 1 to 64 letters
                    max_duration | max_duration: 23h | 'max_duration': expected at least 24h, a cohort of the primary KPI
                    next_wave | next_wave: always | 'next_wave': expected one_promoted_none_rolled_back or one_promoted or manual
                    harm_action | harm_action: alert | 'harm_action': expected roll_back or pause
                    harm_elsewhere | harm_elsewhere: stop | 'harm_elsewhere': expected pause or warn or roll_back
                    holdback | holdback: some | 'holdback': expected none, or an object such as {share: 5%, duration: 28d}
                    holdback | holdback: {share: 60%} | 'holdback.share': expected at most 50%, found 60%
                    holdback | holdback: {duration: 1h} | 'holdback.duration': expected 1d to 365d
                    holdback | holdback: {part: 5%} | 'holdback.part': unknown field
                    """)
    void eachRuleNamesItsField(String line, String replacement, String expected) {
        String with = replacement == null ? "" : replacement;
        String yaml = LEAST.contains(line) ? LEAST.replace(line, with) : LEAST + with;
        String message = problem(yaml);
        assertTrue(message.contains(expected), () -> expected + "\n not in \n" + message);
    }

    /** P9: "minimum_efect" was never named. */
    @Test
    void theNearestNameIsSaidWhereverAFieldIsUnknown() {
        assertTrue(problem(LEAST.replace("minimum_effect", "minimum_efect"))
                .contains("'kpis[0].minimum_efect': unknown field; did you mean minimum_effect?"));
        assertTrue(problem(LEAST + "harm_acton: pause").contains("did you mean harm_action?"));
        assertTrue(problem(LEAST + "holdback: {shaer: 5%}").contains("did you mean share?"));
        assertTrue(problem(LEAST.replace("{variant: champion}", "{variant: champion, wieght: 2}"))
                .contains("did you mean weight?"));
        assertTrue(assertThrows(
                        InvalidInput.class,
                        () -> ExperimentDocument.read(
                                "better.holdback", Json.readYaml(LEAST, JsonNode.class), () -> "random"))
                .getMessage()
                .contains("is how an experiment's holdback is counted"));
    }

    @Test
    void theNameIsTheOneInTheUrlOrLeftOut() {
        assertTrue(problem(LEAST + "name: worse").contains("'name': expected \"better\" as in the URL"));
        assertEquals("better", read(LEAST + "name: better").name());
    }

    @Test
    void anArmsListThatIsNotTwoIsRefused() {
        String three = LEAST.replace(
                "arms: [{variant: champion}, ", "arms: [{variant: champion}, {variant: third, version: v3}, ");
        assertTrue(problem(three).contains("'arms': expected two in this release"));
        assertTrue(problem(LEAST.replace("{variant: champion}, ", "7, ")).contains("'arms[0]': expected an object"));
        assertTrue(problem(LEAST.replaceAll("arms: .*\n", "")).contains("'arms': missing"));
        assertTrue(problem(LEAST.replaceAll("kpis: .*\n", "")).contains("'kpis': missing"));
    }

    @Test
    void coverageIsAPercentageWithAtMostFourDecimals() {
        assertEquals(125_000, Coverage.parse("12.5%").millionths());
        assertEquals(1, Coverage.parse("0.0001 %").millionths());
        assertEquals("12.5%", Coverage.parse("12.50%").toString());
        assertEquals("100%", Coverage.ALL.toString());
        assertThrows(InvalidInput.class, () -> Coverage.parse("0.00001%"));
    }

    @Test
    @DisplayName("D7: names, segments and versions that look like numbers are taken as they are written")
    void namesThatLookLikeNumbersAreTakenAsTheyAreWritten() {
        ExperimentDocument document =
                ExperimentDocument.read("2.0", Json.readYaml("""
                        name: 2.0
                        slot: 007
                        waves: [[01, NO], [0x1F]]
                        arms: [{variant: champion}, {variant: challenger, version: 1.10}]
                        kpis: [{name: 12_000, outcome: 1.50, kind: proportion, role: primary, minimum_effect: 0.02}]
                        """, JsonNode.class), () -> "random");
        assertEquals("007", document.slot());
        assertEquals(List.of(List.of("01", "NO"), List.of("0x1F")), document.waves());
        assertEquals("1.10", document.arms().getLast().version());
        assertEquals("12_000", document.kpis().getFirst().name());
        assertEquals("1.50", document.kpis().getFirst().outcome());
    }

    @Test
    @DisplayName("P9: a misspelt key of a KPI is named with the one that was meant")
    void aMisspeltKeyIsNamedWithTheOneThatWasMeant() {
        String message = problem(LEAST.replace("minimum_effect", "minimum_efect"));
        assertTrue(message.startsWith("'kpis[0].minimum_efect': unknown field; did you mean minimum_effect?"), message);
        String another = problem(LEAST.replace("segments", "segmnets"));
        assertTrue(another.contains("'segmnets': unknown field; did you mean segments?"), another);
    }

    @Test
    @DisplayName("P9: the smallest effect and the margin of a proportion are shares")
    void theSmallestEffectAndTheMarginOfAProportionAreShares() {
        String message = problem(LEAST.replace("0.02", "5"));
        assertTrue(message.startsWith("'kpis[0].minimum_effect': expected a share below 1"), message);
        String guardrail = ", {name: late, kind: proportion, role: guardrail, margin: 2}]";
        String margin = problem(LEAST.replace("0.02}]", "0.02}" + guardrail));
        assertTrue(margin.startsWith("'kpis[1].margin': expected a share below 1"), margin);
    }
}
