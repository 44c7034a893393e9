package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.comparison.ComparisonResult;
import dev.ringside.training.comparison.SamplingComparison;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.distributed.Division;
import dev.ringside.training.export.ModelFolder;
import dev.ringside.training.preparation.SchemaWriting;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.run.RunFolder;
import dev.ringside.training.validation.ValidationReport;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code train}: trains a version from its configuration, proves it, writes it and registers it. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Train.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Trains a model from a configuration and writes it as ONNX with its manifest.",
            "",
            "Rows come from a Parquet or CSV file or from a query over it, in parts by time. The model takes raw"
                    + " columns: standardisation and category look-up are inside the file. Before anything is written,"
                    + " ONNX Runtime must give the trainer's own scores on 1,000 rows.",
            ""
        },
        footer = {
            "",
            "Of './ringside train' alone: --propose FILE drafts the experiment for what was trained, from the"
                    + " paired difference of the first pay-off against gates.champion and the traffic of the log, or"
                    + " --units-per-day SEGMENT=N.",
            "",
            "Exit status: 0 trained; 1 not trained, refused by a gate, or not registered; 2 a mistake in the"
                    + " command, the configuration or the data; 3 nobody answers at --url."
        })
public final class Train implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CONFIG.yaml", description = "What to train.")
    private @Nullable Path document;

    @Option(names = "--data", paramLabel = "FILE", description = "Take this data file in place of the configuration's.")
    private @Nullable Path data;

    @Option(
            names = "--served",
            paramLabel = "FILE",
            description = "The requests that drift.log asks for, as ./ringside train finds them in the platform's log.")
    private @Nullable Path served;

    @Option(
            names = "--drift",
            description = "Only hold the rows to what the document says of them, and print how far each column moved"
                    + " from the training part to the others and to what the platform was asked (drift.log).")
    private boolean drift;

    @Option(names = "--seed", paramLabel = "N", description = "Take this seed in place of the configuration's.")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "models",
            description = "Write SLOT/VERSION/model.onnx and manifest.json below this folder (${DEFAULT-VALUE}).")
    private Path out = Path.of("models");

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--write-schema",
            paramLabel = "FILE",
            description =
                    "Only learn a schema from the rows (types, ranges, texts, missing shares) and write it to this"
                            + " new file; the document's key schema holds later rows to it.")
    private @Nullable Path schema;

    @Option(
            names = "--compare",
            paramLabel = "sampling",
            description = "Train once for every way to sample rare positives, on the same rows, and write one table of"
                    + " what each scores on the test part to SLOT/VERSION/sampling.md below --out. No model is written"
                    + " or registered, and a search is left out.")
    private @Nullable Comparison compare;

    /** What can be compared. */
    enum Comparison {
        /** Ways to sample. */
        SAMPLING
    }

    @Mixin
    private StepOptions steps = new StepOptions();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "What Java may take, such as 4GB: read by ./ringside train before it starts this program."
                    + " Default: half of what DuckDB's limit and a fifth for others leave of the machine, shared by the"
                    + " trials that a search runs at once, or by --processes.")
    private @Nullable String heap;

    @Mixin
    private DistributedOptions distributed = new DistributedOptions();

    @Option(names = "--trial", hidden = true, paramLabel = "DIR", description = "Run one trial of a search.")
    private @Nullable Path trial;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to this file as JSON.")
    private @Nullable Path json;

    /** Runs the command and ends the process. */
    public static void main(String... arguments) {
        System.exit(command().execute(arguments));
    }

    static CommandLine command() {
        var train = new CommandLine(new Train());
        UsageMessageSpec usage = train.getCommandSpec().usageMessage();
        usage.footer(DocumentSample.before(usage.footer()));
        return train.setCommandName("ringside train")
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("train: " + ExitStatus.words(failure));
                    return ExitStatus.of(failure);
                });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long started = System.nanoTime();
        CommandLine command = commandLine();
        if (document == null) {
            throw new CommandLine.ParameterException(command, "missing: CONFIG.yaml");
        }
        registry.check(command);
        if (heap != null) {
            throw new CommandLine.ParameterException(
                    command, "--heap " + heap + ": is read by ./ringside train; start this program with -Xmx");
        }
        var given = new GivenFiles(data, served);
        if (trial != null) {
            return new TrialRun(document, trial).run(given, seed, System.in, System.out) ? 0 : 1;
        }
        if ((schema != null || compare != null || drift) && distributed.several(command)) {
            throw new CommandLine.ParameterException(
                    command,
                    "--write-schema, --compare and --drift: are not divided among processes; leave out --processes");
        }
        if (schema != null) {
            command.getOut().println(new SchemaWriting(document, data).write(schema));
            return 0;
        }
        if (compare != null) {
            return compareSampling(command, document, given);
        }
        if (drift) {
            return drift(command, ConfigurationReader.read(given, document, seed));
        }
        if (distributed.several(command)) {
            DistributedOptions.refuseSearch(document);
        }
        if (distributed.launches()) {
            return distributed.launch(command, command.getParseResult().originalArgs(), document, given, seed, out);
        }
        Searching.Found found = new Searching(document, given, seed, command.getErr()).best(out);
        TrainingConfiguration configuration = found.configuration();
        try (Division division = distributed.division(command, document, configuration)) {
            try {
                int status = division.leads()
                        ? lead(command, found, division, started)
                        : follow(command, configuration, division);
                division.finish();
                return status;
            } catch (RuntimeException e) {
                throw division.failure(e);
            }
        }
    }

    private int follow(CommandLine command, TrainingConfiguration configuration, Division division) throws IOException {
        try (Progress progress = Progress.of(terminal(), command.getErr());
                var training = new Training(configuration, progress, division)) {
            training.follow();
        }
        return 0;
    }

    private int lead(CommandLine command, Searching.Found found, Division division, long started)
            throws IOException, InterruptedException {
        TrainingConfiguration configuration = found.configuration();
        TrainingResult result;
        try (Progress progress = Progress.of(terminal(), command.getErr());
                RunFolder folder = steps.open(out.resolve(configuration.slot()).resolve(configuration.version()))) {
            Registration registration = registry.registration(configuration, out, progress);
            URI taking = steps.whole() ? registry.found(registration, command.getErr()) : null;
            try (var training = new Training(configuration, progress, division)) {
                var run = new TrainingRun(configuration, training, folder, found.kept(), progress);
                if (!steps.whole()) {
                    run.until(steps.until());
                    return partial(new PartialResult(
                            configuration.slot(),
                            configuration.version(),
                            folder.path().toString(),
                            run.steps().times()));
                }
                TrainingRun.Delivered delivered = run.deliver(trained -> registration.keep(trained, taking));
                result = TrainingResult.of(
                        delivered,
                        registration.registeredAt(),
                        run.steps().times(),
                        folder.path(),
                        (System.nanoTime() - started) / 1e9);
            }
        }
        Report.print(command.getOut(), result);
        write(result);
        return result.refused() ? 1 : 0;
    }

    /** Prints how far columns moved, also where that stops a training. */
    private int drift(CommandLine command, TrainingConfiguration configuration) throws IOException {
        ValidationReport report;
        try (Progress progress = Progress.of(terminal(), command.getErr());
                var training = new Training(configuration, progress)) {
            report = training.preparation().validated();
        }
        command.getOut().println(report.driftTable());
        command.getOut().flush();
        write(report);
        report.requireSound("");
        return 0;
    }

    private int compareSampling(CommandLine command, Path compared, GivenFiles given) throws IOException {
        ComparisonResult result;
        try (Progress progress = Progress.of(terminal(), command.getErr())) {
            result = new SamplingComparison(compared, given, seed, progress).run();
        }
        Path table = ModelFolder.writeText(out, result.slot(), result.version(), "sampling.md", result.markdown());
        command.getOut().println(result.markdown());
        command.getOut().println("written to " + table.toAbsolutePath().normalize());
        command.getOut().flush();
        write(result);
        return 0;
    }

    private int partial(PartialResult result) throws IOException {
        Report.print(commandLine().getOut(), result);
        write(result);
        return 0;
    }

    private void write(Object result) throws IOException {
        if (json != null) {
            Files.writeString(json, Json.pretty(result) + "\n");
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("the command runs only through picocli");
        }
        return spec.commandLine();
    }

    /** Whether a person is looking; depending on the release, Java has no console object otherwise. */
    private static boolean terminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** The version, out of the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Training.SOFTWARE};
        }
    }
}
