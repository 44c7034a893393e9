package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.Digests;
import dev.ringside.training.configuration.FittingSettings;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.dataset.FeatureSpec;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.run.Step;
import dev.ringside.training.transfer.Transfer;
import dev.ringside.training.validation.Schema;
import dev.ringside.training.validation.ServingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each step of a training depends on beside the steps before it, as digests by names that people know. */
final class RunInputs {
    /** What a step reads of the document as it stands there. */
    private static final Map<Step, List<String>> SECTIONS = Map.of(
            Step.VALIDATE, List.of("split", "known_after", "leaks", "drift"),
            Step.SAMPLE, List.of("sampling"),
            Step.REPRESENT, List.of("features"),
            Step.TRAIN, List.of("model", "fine_tune", "stop", "refit"),
            Step.EVALUATE, List.of("metrics"),
            Step.GATE, List.of("gates", "off_policy"),
            Step.REGISTER, List.of("slot", "version", "parent"));

    /** What is looked at in another way, or changes nothing of what is made. */
    private static final Set<String> ELSEWHERE =
            Set.of("data", "with", "source", "time", "label", "weight", "seed", "memory", "search", "schema");

    private RunInputs() {}

    /**
     * Digests for each step.
     *
     * @param columns what is read of the source
     * @param champion digest of the model that is compared with; null for none
     * @param parallelism how the work is divided
     */
    static Map<Step, Map<String, String>> of(
            TrainingConfiguration configuration,
            List<FeatureSpec> columns,
            @Nullable String champion,
            Parallelism parallelism)
            throws IOException {
        JsonNode document = Json.readYaml(configuration.text(), JsonNode.class);
        Map<Step, Map<String, String>> inputs = new EnumMap<>(Step.class);
        Arrays.stream(Step.values()).forEach(step -> inputs.put(step, new TreeMap<>()));
        Set<String> known = new HashSet<>(ELSEWHERE);
        SECTIONS.forEach((step, sections) -> sections.forEach(section -> {
            known.add(section);
            put(inputs, step, section, text(document.path(section)));
        }));
        // What is in the document and not known here may change anything.
        document.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                put(inputs, Step.VALIDATE, field.getKey(), text(field.getValue()));
            }
        });
        put(inputs, Step.VALIDATE, "ringside", Software.DIGEST);
        put(inputs, Step.VALIDATE, "data", configuration.source().sha256());
        put(
                inputs,
                Step.VALIDATE,
                "source",
                Json.write(configuration.source().views())
                        + configuration.source().query());
        put(
                inputs,
                Step.VALIDATE,
                "time, label or weight",
                configuration.roles().toString());
        Schema schema = configuration.validation().schema();
        put(inputs, Step.VALIDATE, "schema", schema == null ? "" : schema.sha256());
        ServingLog log = configuration.validation().drift().log();
        put(
                inputs,
                Step.VALIDATE,
                "requests of the log",
                log == null ? "" : log.manifest().sha256());
        put(inputs, Step.VALIDATE, "columns", columns.toString());
        put(inputs, Step.VALIDATE, "seed", Long.toString(configuration.seed()));
        FittingSettings.Stop stop = configuration.fitting().stop();
        put(
                inputs,
                Step.TRAIN,
                "stop's pay-off",
                configuration.payOffs().stream()
                        .filter(payOff -> stop != null && payOff.name().equals(stop.metric()))
                        .toList()
                        .toString());
        put(
                inputs,
                Step.TRAIN,
                "processes",
                configuration.model().singles().stream()
                        .map(model -> model instanceof ModelChoice.Network network
                                ? parallelism.arithmetic(network.settings())
                                : "")
                        .toList()
                        .toString());
        Transfer transfer = configuration.transfer();
        put(
                inputs,
                Step.TRAIN,
                "parent's model",
                transfer == null ? "" : transfer.parent().sha256());
        put(inputs, Step.GATE, "champion", String.valueOf(champion));
        return inputs;
    }

    private static void put(Map<Step, Map<String, String>> inputs, Step step, String name, String value) {
        inputs.computeIfAbsent(step, _ -> new TreeMap<>()).put(name, Digests.sha256(value.getBytes(UTF_8)));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "" : Json.write(Json.mapper().convertValue(node, Object.class));
    }

    /** This program: a run that another one began is not gone on with. */
    private static final class Software {
        static final String DIGEST = digest();

        private static String digest() {
            CodeSource source = Training.class.getProtectionDomain().getCodeSource();
            try {
                Path place =
                        source == null ? null : Path.of(source.getLocation().toURI());
                if (place == null) {
                    return Training.SOFTWARE;
                }
                if (Files.isRegularFile(place)) {
                    return Digests.sha256(place);
                }
                var all = new StringBuilder();
                try (Stream<Path> files = Files.walk(place)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        all.append(place.relativize(file)).append(Digests.sha256(file));
                    }
                }
                return Digests.sha256(all.toString().getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("the program cannot be read where it lies", e);
            } catch (URISyntaxException e) {
                return Training.SOFTWARE;
            }
        }
    }
}
