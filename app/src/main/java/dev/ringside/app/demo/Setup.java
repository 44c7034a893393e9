package dev.ringside.app.demo;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.client.Document;
import dev.ringside.app.demo.client.AirportHashes;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Everything that people do before a test: declare the slot, train, register, point at a champion, start experiments. */
final class Setup {
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(60);

    private final ControlClient control;
    private final DemoFiles files;
    private final Seed seed;

    Setup(ControlClient control, DemoFiles files, Seed seed) {
        this.control = control;
        this.files = files;
        this.seed = seed;
    }

    /**
     * A declared slot.
     *
     * @param name the model name in the URL
     * @param segmentAttribute the request parameter that names the region
     * @param signature what goes in and comes out
     */
    record Slot(String name, String segmentAttribute, Signature signature) {
        /** The output that is the probability. */
        String output() {
            return signature.outputs().getFirst().name();
        }
    }

    /**
     * Declares the slot, with all regions that the flights have.
     *
     * @param features inputs that are kept in Redis; none if all are sent
     */
    Slot declareSlot(List<String> origins, List<String> features)
            throws IOException, ControlFailure, InterruptedException {
        ObjectNode document = files.slot();
        Set<String> segments = new LinkedHashSet<>();
        document.path("segments").forEach(segment -> segments.add(segment.asText()));
        segments.addAll(origins);
        document.set("segments", Json.mapper().valueToTree(segments));
        if (!features.isEmpty()) {
            document.set("features", Json.mapper().valueToTree(features(features)));
        }
        document.put("layer_salt", seed.digits("layer salt"));
        String name = document.path("name").asText();
        control.put("/api/slots/" + encode(name), Document.json(document));
        return new Slot(
                name,
                document.path("segment_attribute").asText(),
                Json.read(document.path("signature"), Signature.class));
    }

    /** On a desk whose processors are all at work an answer may take longer than the 2 ms that a slot begins with. */
    private static Map<String, Object> features(List<String> names) {
        return Map.of(
                "from",
                "redis",
                "key",
                AirportHashes.KEY,
                "fields",
                names,
                "defaults",
                names.stream().collect(Collectors.toMap(Function.identity(), _ -> 0)),
                "budget",
                "5s");
    }

    /**
     * Trains and registers a version, in a process of its own.
     *
     * @param data the file of rows
     * @param models the folder for models
     * @param trainer makes the process of some arguments
     * @return what the trainer tells of it
     */
    JsonNode train(Path training, Path data, Path models, Function<List<String>, ProcessBuilder> trainer)
            throws IOException, InterruptedException {
        Path output = models.resolve(training.getFileName() + ".out");
        Path result = models.resolve(training.getFileName() + ".json");
        Process process = trainer.apply(List.of(
                        training.toString(),
                        "--data",
                        data.toString(),
                        "--seed",
                        Long.toString(seed.value()),
                        "--out",
                        models.toString(),
                        "--url",
                        control.address().toString(),
                        "--as",
                        Demo.ACTOR,
                        "--json",
                        result.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status;
        try {
            status = process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw e;
        }
        if (status != 0) {
            throw new IOException(
                    "training " + training + " ended with status " + status + ":\n" + Files.readString(output));
        }
        return Json.read(Files.readAllBytes(result), JsonNode.class);
    }

    /** Makes the champion's version the default champion, and registers another version with the same digest. */
    void enthrone(Slot slot, Path models) throws IOException, ControlFailure, InterruptedException {
        String champion = files.championVersion();
        awaitReady(slot, List.of(champion));
        control.post(
                "/api/slots/" + encode(slot.name()) + "/champion",
                Document.json(Map.of("version", champion, "why", "the demo begins with it")));
        Path manifest = models.resolve(slot.name()).resolve(champion).resolve("manifest.json");
        ModelManifest same = Json.read(Files.readAllBytes(manifest), ModelManifest.class);
        control.post(
                versions(slot),
                Document.json(new ModelManifest(
                        same.slot(),
                        challenger(files.experiment("aa")),
                        same.format(),
                        same.sha256(),
                        same.signature(),
                        same.golden(),
                        same.metrics(),
                        same.seed(),
                        same.lineage(),
                        same.description())));
    }

    /**
     * Makes and starts all experiments.
     *
     * @return their KPIs
     */
    List<KpiDefinition> startExperiments(Slot slot) throws IOException, ControlFailure, InterruptedException {
        var kpis = new ArrayList<KpiDefinition>();
        for (String name : DemoFiles.EXPERIMENTS) {
            ObjectNode document = files.experiment(name);
            start(slot, document);
            for (JsonNode kpi : document.path("kpis")) {
                kpis.add(Json.read(kpi, KpiDefinition.class));
            }
        }
        return kpis;
    }

    /** Makes and starts an experiment, once its challenger is ready. */
    void start(Slot slot, ObjectNode document) throws IOException, ControlFailure, InterruptedException {
        String name = document.path("name").asText();
        document.put("salt", seed.digits("salt of " + name));
        awaitReady(slot, List.of(challenger(document)));
        control.put("/api/experiments/" + encode(name), Document.json(document));
        control.post("/api/experiments/" + encode(name) + "/start", Document.json(Map.of("why", "the demo starts it")));
    }

    private static String challenger(JsonNode experiment) {
        JsonNode arms = experiment.path("arms");
        return arms.path(arms.size() - 1).path("version").asText();
    }

    private void awaitReady(Slot slot, List<String> wanted) throws IOException, ControlFailure, InterruptedException {
        long giveUp = System.nanoTime() + LONGEST_LOAD.toNanos();
        while (true) {
            JsonNode versions = control.get(versions(slot));
            if (wanted.stream().allMatch(version -> isReady(versions, version))) {
                return;
            }
            if (System.nanoTime() > giveUp) {
                throw new IOException("versions " + wanted + " are not ready after " + LONGEST_LOAD.toSeconds()
                        + " s; the control plane says " + versions);
            }
            Thread.sleep(100);
        }
    }

    private static boolean isReady(JsonNode versions, String wanted) {
        return StreamSupport.stream(versions.spliterator(), false)
                .anyMatch(version -> version.path("version").asText().equals(wanted)
                        && version.path("ready").asBoolean());
    }

    private static String versions(Slot slot) {
        return "/api/slots/" + encode(slot.name()) + "/versions";
    }
}
