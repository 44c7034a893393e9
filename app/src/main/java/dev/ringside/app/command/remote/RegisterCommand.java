package dev.ringside.app.command.remote;

import static dev.ringside.app.client.ControlClient.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.client.Document;
import dev.ringside.app.program.TreeConversion;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ringside models register}: brings a model that was made elsewhere. A server loads the file, reads its signature
 * and runs it once; only then is the version accepted.
 */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Brings a model that was made elsewhere, as an ONNX or TorchScript file or as XGBoost or LightGBM has saved it,",
            "or one that another server serves (--remote).",
            "A server loads it, reads its inputs and outputs and runs it once with zeros; only then it is accepted."
        })
final class RegisterCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);

    @Parameters(paramLabel = "SLOT", index = "0", description = "The slot that it is meant for.")
    private String slot = "";

    @Parameters(paramLabel = "VERSION", index = "1", description = "Its name there.")
    private String version = "";

    @Parameters(
            paramLabel = "FILE",
            index = "2",
            arity = "0..1",
            description =
                    "The model file: ONNX, TorchScript, of XGBoost (.json, .ubj) or of LightGBM (text); none with --remote.")
    private @Nullable Path file;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Mixin
    private TreeOptions trees = new TreeOptions();

    @Option(
            names = "--metric",
            paramLabel = "NAME=NUMBER",
            description = "What it scored offline, such as auc=.71; may be repeated. Shown, never used.")
    private Map<String, Double> metrics = Map.of();

    @Option(names = "--description", paramLabel = "TEXT", description = "What there is to know about it.")
    private @Nullable String description;

    @Option(
            names = "--create-slot",
            description = "Make the slot from the file's own inputs and outputs, if there is none of that name.")
    private boolean createSlot;

    @Option(
            names = "--unit-type",
            paramLabel = "NAME",
            description = "For --create-slot: what is randomised, such as rider. Default: unit.")
    private String unitType = "unit";

    @Option(
            names = "--segments",
            paramLabel = "A,B",
            split = ",",
            description = "For --create-slot: the segments that are compared by themselves, such as regions.")
    private List<String> segments = List.of();

    @Option(
            names = "--segment-attribute",
            paramLabel = "NAME",
            description = "For --create-slot: the request parameter that names the segment. Default: segment.")
    private String segmentAttribute = "segment";

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "For --create-slot: how long a prediction may take. Default: 1s.")
    private String deadline = "1s";

    @Mixin
    private RegisterOptions options = new RegisterOptions();

    /** Who registers. */
    static final class RegisterOptions extends ReadOptions {
        @Option(
                names = "--as",
                paramLabel = "NAME",
                description = "Who acts, for the audit. Default: the system's user.")
        private String actor = System.getProperty("user.name");

        @Override
        String actor() {
            return actor;
        }
    }

    @Override
    public Integer call() throws IOException, ControlFailure, InterruptedException {
        ModelSource source = source();
        ControlClient control = options.controlPlane();
        boolean made = requireSlot(control);
        String digest = source.upload(control).path("sha256").asText();
        JsonNode inspection = control.get("/api/artefacts/" + digest + "/model");
        if (made) {
            control.put(
                    path() + "?why=" + encode("made with version " + version + " from " + source.name()),
                    Document.json(slotDocument(inspection.path("signature"))));
        }
        control.post(path() + "/versions", Document.json(manifest(source, inspection)));
        JsonNode registered = awaitReady(control);
        String champion = made ? null : Cells.text(control.get(path()).path("default_champion"));
        options.print(registered, _ -> words(source, registered, inspection, made, champion));
        return 0;
    }

    /** What is registered: a file, or where another server serves it. */
    private ModelSource source() throws IOException, InterruptedException {
        if (remote.isAsked()) {
            if (file != null) {
                throw new InvalidInput("FILE", "expected a file or --remote, found both");
            }
            return remote.source(slot);
        }
        if (file == null) {
            throw new InvalidInput("FILE", "missing: expected a file, or --remote ADDRESS");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(
                    "FILE",
                    "expected a file, found none at " + file.toAbsolutePath().normalize());
        }
        Path model = file;
        String name = String.valueOf(model.getFileName());
        if (TreeConversion.mayBe(model)) {
            TreeConversion conversion = trees.convert(model);
            return new ModelSource(
                    name,
                    "a server loaded what was made of " + conversion.words() + ", and ran it once",
                    conversion.golden(),
                    control -> control.upload("/api/artefacts", conversion.onnx()));
        }
        return new ModelSource(
                name,
                "a server loaded it and ran it once",
                MissingNode.getInstance(),
                control -> control.upload("/api/artefacts", model));
    }

    /** Whether the slot is to be made; a slot that is neither there nor to be made ends it before anything is sent. */
    private boolean requireSlot(ControlClient control) throws ControlFailure, InterruptedException {
        try {
            control.get(path());
            return false;
        } catch (ControlFailure.Refused refused) {
            if (refused.status() == 404 && createSlot) {
                return true;
            }
            throw refused.status() == 404
                    ? new ControlFailure.Refused(
                            404,
                            refused.getMessage()
                                    + "; declare it with 'ringside slots apply -f FILE', or add --create-slot"
                                    + " to make it from the file")
                    : refused;
        }
    }

    /** Servers learn of a version with the next routing table; whoever makes it champion at once needs it there. */
    private JsonNode awaitReady(ControlClient control) throws ControlFailure, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode found = MissingNode.getInstance();
            for (JsonNode candidate : control.get(path() + "/versions")) {
                found = candidate.path("version").asText().equals(version) ? candidate : found;
            }
            if (found.path("ready").asBoolean() || System.nanoTime() >= giveUp) {
                return found;
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    private String path() {
        return "/api/slots/" + encode(slot);
    }

    private Map<String, Object> slotDocument(JsonNode signature) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", slot);
        document.put("unit_type", unitType);
        document.put("segment_attribute", segmentAttribute);
        document.put("segments", segments);
        document.put("signature", signature);
        document.put("deadline", deadline);
        return document;
    }

    private Map<String, Object> manifest(ModelSource source, JsonNode inspection) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("slot", slot);
        manifest.put("version", version);
        manifest.put("format", inspection.path("format").asText("onnx"));
        manifest.put("sha256", inspection.path("sha256").asText());
        manifest.put("signature", inspection.path("signature"));
        manifest.put("metrics", metrics);
        if (!source.golden().isMissingNode()) {
            manifest.put("golden", source.golden());
        }
        if (description != null) {
            manifest.put("description", description);
        }
        return manifest;
    }

    private String words(
            ModelSource source, JsonNode registered, JsonNode inspection, boolean made, @Nullable String champion) {
        return (made ? "slot " + slot + " is made; " : "") + slot + "/" + version + " is registered: "
                + source.proof() + "; "
                + ModelPages.servers(registered) + "\n\n"
                + SlotPages.tensors(inspection.path("signature")) + "\n" + next(champion);
    }

    /** What is done with it next. */
    private String next(@Nullable String champion) {
        if (champion == null) {
            return "make it champion: ./ringside models promote " + slot + " " + version + " --why …";
        }
        return champion.equals(version)
                ? "it is the slot's champion by default"
                : "try it against " + champion + ": ./ringside experiments apply -f … (docs/experiments.md)";
    }
}
