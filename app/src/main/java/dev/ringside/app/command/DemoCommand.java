package dev.ringside.app.command;

import dev.ringside.app.demo.Demo;
import dev.ringside.app.demo.DemoOptions;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Ports;
import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.app.program.TrainerProgram;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.contract.file.Folders;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringside demo}: the closed loop on real flights. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts everything embedded, trains, replays real flights, decides, and reports beside the truth.",
            "",
            "Exit status: 0 if the books balance and the verdicts are what they must be, else 1; 2 for a mistake in the command."
        })
final class DemoCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--exit", description = "End after the report; without it the dashboard stays up until Ctrl-C.")
    private boolean exit;

    @Option(
            names = "--keep",
            description = "Keep the demo's folder after --exit, for 'ringside replay'. A failed demo's is always kept.")
    private boolean keep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to this file as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "From which all chance follows; the same seed gives the same verdicts. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Replay only flights that leave before this day. Default: 2001-07-01, all.")
    private LocalDate until = DemoOptions.END;

    @Option(
            names = "--chaos",
            description =
                    "Kill everything with kill -9 at three moments that follow from the seed, and start it again.")
    private boolean chaos;

    @Option(
            names = "--retrain",
            description =
                    "Train a second challenger from the platform's own log of April and May, and run the experiment"
                            + " that is proposed for it in June.")
    private boolean retrain;

    @Option(names = "--split", description = "Run each role as a process of its own.")
    private boolean split;

    @Option(
            names = "--redis",
            description =
                    "Keep what the airports know of a flight in Redis, where the router reads it, instead of sending"
                            + " it with each question. The verdicts are the same.")
    private boolean redis;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Another Parquet file of flights with date, delay, distance, origin, destination.")
    private @Nullable Path data;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Take the demo's eight airports and after them others, whole, up to about so many flights.")
    private @Nullable Long rows;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Train the models in this folder; what an earlier demo has trained there from the same data and"
                            + " seed is taken as it is. Default: a folder of the demo's own.")
    private @Nullable Path models;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The folder below which the demo makes its own. Default: ~/.local/share/ringside.")
    private Path dataFolder = DataFolder.standard();

    @Option(
            names = "--port",
            paramLabel = "BASE",
            description = "The base port, from which all others follow. Default: ${DEFAULT-VALUE}.")
    private int port = Ports.DEFAULT_BASE;

    @Override
    public Integer call() throws Exception {
        var options = new DemoOptions(
                new Ports(port), seed, data, rows, models, until, chaos, split, redis, retrain, exit, json);
        var application = new Demo.Application(
                ApplicationFiles.jar(), ApplicationFiles.home().resolve("demo"), TrainerProgram::train);
        DataFolder folder = DataFolder.open(dataFolder.resolve(
                "demo-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP)));
        boolean good = false;
        try {
            List<String> failures = new Demo(options, application, Terminal.standard()).run(folder);
            good = failures.isEmpty();
            return good ? 0 : 1;
        } finally {
            if (good && !keep) {
                Folders.delete(folder.root());
            } else {
                spec.commandLine().getOut().println("What it did is kept in " + folder.root());
                spec.commandLine().getOut().flush();
            }
        }
    }
}
