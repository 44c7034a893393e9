package dev.ringside.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.distributed.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What docs/training.md says of launchers, as this program understands it. */
class LaunchersTest {
    private static final Path PAGE = Path.of("../docs/training.md");

    /** The blocks of a language that stand on the page. */
    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static List<JsonNode> manifests() throws IOException {
        String text = blocks("yaml").stream()
                .filter(block -> block.contains("kind: Job"))
                .findFirst()
                .orElseThrow();
        List<JsonNode> all = new ArrayList<>();
        for (String one : text.split("(?m)^---$", -1)) {
            all.add(Json.readYaml(one, JsonNode.class));
        }
        return all;
    }

    private static JsonNode manifest(String kind) throws IOException {
        return manifests().stream()
                .filter(one -> one.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** Where the process of a pod stands, by its command alone. */
    private static Place place(JsonNode container, int index) {
        List<String> arguments = new ArrayList<>();
        container
                .path("command")
                .forEach(word ->
                        arguments.add(word.asText().replace("$(JOB_COMPLETION_INDEX)", Integer.toString(index))));
        assertEquals(List.of("./ringside", "train"), arguments.subList(0, 2));
        CommandLine command = Train.command();
        command.parseArgs(arguments.subList(2, arguments.size()).toArray(String[]::new));
        return command.getCommandSpec().mixins().values().stream()
                .map(mixin -> mixin.userObject())
                .filter(DistributedOptions.class::isInstance)
                .map(DistributedOptions.class::cast)
                .findFirst()
                .orElseThrow()
                .place(command);
    }

    @Test
    void eachPodOfTheJobIsARankAndMeetsTheOthersAtPodZero() throws IOException {
        JsonNode job = manifest("Job");
        JsonNode pod = job.at("/spec/template/spec");
        JsonNode container = pod.path("containers").path(0);
        int completions = job.at("/spec/completions").asInt();
        // By which name Kubernetes knows the pod of index 0: the Job's, the index, and the Service that gives it one.
        String zero = job.at("/metadata/name").asText() + "-0."
                + pod.path("subdomain").asText();

        assertEquals("Indexed", job.at("/spec/completionMode").asText());
        assertEquals(completions, job.at("/spec/parallelism").asInt(), "all must run at once");
        assertEquals("Never", pod.path("restartPolicy").asText(), "which backoffLimitPerIndex asks for");
        for (int index = 0; index < completions; index++) {
            assertEquals(new Place(index, completions, zero, 29_500, null), place(container, index));
        }
    }

    @Test
    void theServiceThatNamesThePodsHasNoAddressOfItsOwnAndTheirPort() throws IOException {
        JsonNode service = manifest("Service");
        JsonNode job = manifest("Job");

        assertEquals(job.at("/spec/template/spec/subdomain"), service.at("/metadata/name"));
        assertEquals("None", service.at("/spec/clusterIP").asText());
        assertEquals(
                job.at("/metadata/name").asText(),
                service.at("/spec/selector/batch.kubernetes.io~1job-name").asText());
        assertTrue(service.at("/spec/publishNotReadyAddresses").asBoolean(), "a rank is looked for before it is ready");
        assertEquals(
                place(job.at("/spec/template/spec/containers/0"), 0).port(),
                service.at("/spec/ports/0/port").asInt());
    }

    @Test
    void theFourVariablesThatThePageNamesAreThoseThatAreRead() throws IOException {
        String sentence = Files.readString(PAGE)
                .lines()
                .filter(line -> line.contains("are taken where no option is said"))
                .findFirst()
                .orElseThrow();
        List<String> named = Pattern.compile("\\b(?:RANK|WORLD_SIZE|MASTER_ADDR|MASTER_PORT)\\b")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .toList();

        assertEquals(List.of("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"), named);
        assertEquals(
                new Place(1, 2, "10.0.0.7", 29_400, null),
                Place.of(
                        Map.of(named.get(0), "1", named.get(1), "2", named.get(2), "10.0.0.7", named.get(3), "29400")));
    }
}
