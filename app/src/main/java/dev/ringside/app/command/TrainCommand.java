package dev.ringside.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.command.remote.ServerOptions;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.program.TrainerProgram;
import dev.ringside.app.program.TrainingHeap;
import dev.ringside.app.retraining.LogExport;
import dev.ringside.app.retraining.LogExport.Exported;
import dev.ringside.app.retraining.Proposal;
import dev.ringside.app.retraining.Regions;
import dev.ringside.app.retraining.ServedExport;
import dev.ringside.app.retraining.TrainerArguments;
import dev.ringside.contract.file.WholeFile;
import dev.ringside.contract.json.Json;
import dev.ringside.metrics.archive.ArchiveDamage;
import dev.ringside.metrics.trainingset.UnusableLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Trains a model in a process of its own, as native training code must not share one with the server. Everything behind
 * {@code train} is that process's, its {@code --help} too, but for where the control plane is, and for what is made of the
 * platform's own log before and proposed afterwards: of those the trainer knows nothing.
 */
@Command(
        name = "train",
        description = "Trains a model from a configuration, checks it, exports it to ONNX and registers it."
                + " See: ringside train --help")
public final class TrainCommand implements Callable<Integer> {
    private static final int MISTAKEN = 2;
    private static final int LONGEST_PROPOSAL_WEEKS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = HeapOption.class,
            description =
                    "What the training's Java part may take, such as 4GB. Default: half of what DuckDB's limit and a"
                            + " fifth for others leave of the machine, shared by the trials that a search runs at once,"
                            + " or by --processes.")
    private @Nullable TrainingHeap heap;

    @Option(names = "--propose", paramLabel = "FILE", description = "Draft the experiment for what was trained.")
    private @Nullable Path propose;

    @Option(names = "--units-per-day", paramLabel = "SEGMENT=N", description = "For --propose: new units in a day.")
    private Map<String, Double> unitsPerDay = new HashMap<>();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException, ControlFailure {
        var trainer = new TrainerArguments(arguments);
        Path document = trainer.document();
        List<String> all = processArguments();
        if (document == null || trainer.asksForWords()) {
            return run(all);
        }
        Proposal proposal = proposal(document);
        requireMeant();
        Exported rows;
        Path served;
        try {
            rows = trainer.value("--data") == null ? export(document, trainer) : null;
            served = trainer.value("--served") == null
                    ? new ServedExport(server.dataFolder(), this::tell).export(document, models(trainer))
                    : null;
        } catch (UnusableLog | ArchiveDamage e) {
            err().println("train: " + e.getMessage());
            return MISTAKEN;
        }
        if (rows != null) {
            all.addAll(List.of("--data", rows.file().toString()));
        }
        if (served != null) {
            all.addAll(List.of("--served", served.toString()));
        }
        if (proposal == null || propose == null) {
            return run(all);
        }
        String said = trainer.value("--json");
        Path result = said == null ? Files.createTempFile("ringside-train-", ".json") : Path.of(said);
        try {
            if (said == null) {
                all.addAll(List.of("--json", result.toString()));
            }
            int status = run(all);
            if (status == 0) {
                Map<String, Double> traffic =
                        new HashMap<>(rows == null ? Map.of() : rows.manifest().unitsPerDay());
                traffic.putAll(unitsPerDay);
                JsonNode trained = Json.read(Files.readAllBytes(result), JsonNode.class);
                write(proposal.draft(trained, traffic, regions(trained)), propose);
            }
            return status;
        } finally {
            if (said == null) {
                Files.deleteIfExists(result);
            }
        }
    }

    private int run(List<String> all) throws IOException, InterruptedException {
        ProcessBuilder training = TrainerProgram.train(heap(), all);
        if (server.apiKey() != null) {
            training.environment().put("RINGSIDE_API_KEY", server.apiKey());
        }
        return training.inheritIO().start().waitFor();
    }

    private @Nullable Proposal proposal(Path document) throws IOException {
        if (propose == null) {
            return null;
        }
        if (!Files.isRegularFile(document)) {
            throw new ParameterException(spec.commandLine(), "no such file: " + document);
        }
        var proposal = new Proposal(document, LONGEST_PROPOSAL_WEEKS);
        proposal.check();
        return proposal;
    }

    private @Nullable Exported export(Path document, TrainerArguments trainer) throws IOException {
        return new LogExport(
                        server.dataFolder(), StartSettings.read(null).metrics().unitOutcomes(), this::tell)
                .export(document, models(trainer));
    }

    private static Path models(TrainerArguments trainer) {
        String out = trainer.value("--out");
        return Path.of(out == null ? "models" : out);
    }

    private void tell(String words) {
        err().println("train: " + words);
    }

    /** What is free now; null where nobody answers and none was named. */
    private @Nullable Regions regions(JsonNode trained) throws IOException, ControlFailure, InterruptedException {
        try {
            ControlClient control = control();
            return Regions.free(control, trained.path("slot").asText());
        } catch (ControlFailure.Unreachable e) {
            if (server.isSaid()) {
                throw e;
            }
            return null;
        }
    }

    /** Nothing is registered with another installation that has the folder's address by now. */
    private void requireMeant() throws IOException, ControlFailure, InterruptedException {
        if (server.meant() == null || arguments.contains("--offline")) {
            return;
        }
        try {
            control().get("/v2/health/live");
        } catch (ControlFailure.Unreachable | ControlFailure.Refused e) {
            // What is not there, or not well, the training says itself.
        }
    }

    private ControlClient control() throws IOException {
        return new ControlClient(
                server.address(), System.getProperty("user.name"), PATIENCE, server.apiKey(), server.meant());
    }

    private void write(Proposal.Draft draft, Path file) throws IOException {
        WholeFile.write(file, draft.yaml());
        PrintWriter out = spec.commandLine().getOut();
        out.println("proposed in " + file + ": look at it, then ./ringside experiments apply " + file);
        out.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** What the training process is told: all that was said, and where to register the version. */
    List<String> processArguments() throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--url", server.address().toString()));
        if (!server.isSaid()) {
            all.add("--if-reachable");
        }
        return all;
    }

    /** What was said, or else what the machine and the document allow. */
    TrainingHeap heap() {
        return heap == null ? TrainingHeap.of(arguments, TrainerProgram.machineMegabytes(), System.getenv()) : heap;
    }

    /** Reads the option. */
    static final class HeapOption implements CommandLine.ITypeConverter<TrainingHeap> {
        @Override
        public TrainingHeap convert(String size) {
            try {
                return new TrainingHeap(TrainingHeap.parse(size));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
