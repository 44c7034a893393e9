package dev.ringside.experiments.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.AnswerReuse;
import dev.ringside.contract.routing.RequestLimit;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.experiment.Holdback;
import dev.ringside.experiments.slot.SlotDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/experiments.md, the reference of slot and experiment documents, against what reads them (P6). */
class DocumentedFieldsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final String PAGE = page();

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "experiments.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> examples() {
        return EXAMPLE.matcher(PAGE)
                .results()
                .map(match -> Json.readYaml(match.group(1), JsonNode.class))
                .toList();
    }

    @Test
    @DisplayName("P6: every example of the reference is a document that is accepted")
    void everyExampleIsADocumentThatIsAccepted() {
        List<JsonNode> examples = examples();
        assertEquals(3, examples.size());
        SlotDocument slot = SlotDocument.read("fare", examples.getFirst(), () -> "salt");
        assertEquals(List.of("LIS", "OPO"), slot.segments());
        for (JsonNode example : examples.subList(1, 3)) {
            String name = example.path("name").asText();
            assertEquals(
                    "fare", ExperimentDocument.read(name, example, () -> "salt").slot());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                SlotDocument.class,
                RequestLimit.class,
                AnswerReuse.class,
                Signature.class,
                TensorSpec.class,
                ExperimentDocument.class,
                ExperimentDocument.Arm.class,
                Holdback.Plan.class,
                KpiDefinition.class
            })
    @DisplayName("P6: every field of the documents has a line in the reference")
    void everyFieldHasALineInTheReference(Class<?> document) {
        List<String> lines = PAGE.lines().filter(line -> line.startsWith("| `")).toList();
        for (String field : Arrays.stream(document.getRecordComponents())
                .map(RecordComponent::getName)
                .map(SnakeCaseStrategy.INSTANCE::translate)
                .toList()) {
            assertTrue(
                    lines.stream().map(line -> line.split("\\|", -1)[1]).anyMatch(cell -> cell.contains(field + "`")),
                    () -> document.getSimpleName() + "'s " + field + " is not in docs/experiments.md");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                RequestLimit.By.class,
                ExperimentDocument.Scope.class,
                ExperimentDocument.NextWave.class,
                ExperimentDocument.HarmAction.class,
                ExperimentDocument.HarmElsewhere.class,
                KpiDefinition.Kind.class,
                KpiDefinition.Role.class,
                KpiDefinition.Direction.class,
                KpiDefinition.Combine.class,
                KpiDefinition.Missing.class,
                KpiDefinition.Values.class
            })
    @DisplayName("P6: every word that a field can have is in the reference")
    void everyWordThatAFieldCanHaveIsInTheReference(Class<?> words) {
        for (Object word : words.getEnumConstants()) {
            String written = word.toString().toLowerCase(Locale.ROOT);
            assertTrue(PAGE.contains("`" + written + "`"), () -> written + " is not in docs/experiments.md");
        }
    }
}
