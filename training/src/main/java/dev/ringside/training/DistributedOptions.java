package dev.ringside.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringside.contract.model.Digests;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.ModelChoice;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.distributed.Division;
import dev.ringside.training.distributed.Launcher;
import dev.ringside.training.distributed.Meeting;
import dev.ringside.training.distributed.Place;
import dev.ringside.training.network.Libtorch;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.network.Parallelism;
import dev.ringside.training.search.SearchReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What a command says of how its training is divided, and what follows from it. */
final class DistributedOptions {
    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Fit networks in as many processes, each with its share of every step's rows: without --rank"
                    + " all on this machine, started and watched by this command. The document's accumulate, if it is"
                    + " said, must be a multiple of N.")
    private @Nullable Integer processes;

    @Option(
            names = "--rendezvous",
            paramLabel = "HOST:PORT",
            description = "Where processes on several machines meet: rank 0's machine and a free port of it. Each is"
                    + " started with the same command and a --rank of its own. Where none of these options is said,"
                    + " RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT are taken, as launchers of the kind of torchrun set"
                    + " them.")
    private @Nullable String rendezvous;

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "Which of the processes this one is, from 0. Rank 0 judges, writes and registers.")
    private @Nullable Integer rank;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationOption.class,
            description = "How long the other processes may take to come (${DEFAULT-VALUE}).")
    private Duration deadline = Duration.ofMinutes(1);

    @Option(
            names = "--parallel",
            paramLabel = "WHAT",
            defaultValue = "data",
            description = "What each process has: data, the whole network and a share of each step's rows; pipeline,"
                    + " some of its layers, through which the micro-batches of accumulate go one behind the other.")
    private Division.Share share = Division.Share.DATA;

    @Option(
            names = "--devices",
            paramLabel = "DEVICE",
            split = ",",
            description = "Share each step's rows among devices of this one process, such as cpu,cpu or cuda:0,cuda:1.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--launched", hidden = true, description = "Ends when its input does.")
    private boolean launched;

    /** Whether this command only starts others, and watches them. */
    boolean launches() {
        return processes != null && processes > 1 && rank == null && rendezvous == null;
    }

    /** Whether several processes train; what fits no model, or many, then makes no sense. */
    boolean several(CommandLine command) {
        return launches() || place(command) != null;
    }

    /** Where this process stands; null where it is the only one. */
    @Nullable
    Place place(CommandLine command) {
        if (!devices.isEmpty()) {
            if (processes != null || rendezvous != null || rank != null) {
                throw new CommandLine.ParameterException(
                        command, "--devices: are of one process; leave out --processes, --rendezvous and --rank");
            }
            return null;
        }
        try {
            if (processes == null && rendezvous == null && rank == null) {
                return Place.of(System.getenv());
            }
            if (processes != null && rendezvous != null && rank != null) {
                return Place.at(rendezvous, rank, processes);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, "--rendezvous, --rank, --processes: " + e.getMessage());
        }
        if (rendezvous != null || rank != null || processes == null || processes < 1) {
            throw new CommandLine.ParameterException(
                    command,
                    "--processes, --rendezvous and --rank belong together, or --processes of 1 or more alone: found "
                            + "--processes " + said(processes) + ", --rendezvous " + said(rendezvous) + ", --rank "
                            + said(rank));
        }
        return null;
    }

    private static String said(@Nullable Object value) {
        return value == null ? "not said" : value.toString();
    }

    /**
     * Starts a process for each rank and waits for them.
     *
     * @param arguments this command's own
     * @return the command's status
     */
    int launch(
            CommandLine command,
            List<String> arguments,
            Path document,
            GivenFiles given,
            @Nullable Long seed,
            Path models)
            throws IOException, InterruptedException {
        int count = processes == null ? 1 : processes;
        TrainingConfiguration configuration = ConfigurationReader.read(given, document, seed);
        check(document, configuration, count, share);
        String address = RankProcesses.address();
        Path logs = models.resolve(configuration.slot())
                .resolve(configuration.version())
                .resolve("ranks");
        PrintWriter err = command.getErr();
        return new Launcher(each -> process(arguments, each, address), logs, command.getOut(), err).run(count);
    }

    private static ProcessBuilder process(List<String> arguments, int rank, String address) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--rendezvous", address, "--rank", Integer.toString(rank), "--launched"));
        return ThisProgram.again(Train.class, all);
    }

    /**
     * Refuses what cannot be divided.
     *
     * @throws InvalidConfiguration listing every problem
     */
    private static void check(Path document, TrainingConfiguration configuration, int count, Division.Share share) {
        List<String> problems = new ArrayList<>();
        boolean networks = false;
        for (ModelChoice model : configuration.model().singles()) {
            if (model instanceof ModelChoice.Network(NetworkSettings settings, boolean byPasses) && byPasses) {
                networks = true;
                String refusal = switch (share) {
                    case DATA -> Parallelism.refusal(settings, count);
                    case PIPELINE -> Parallelism.refusalOfStages(settings, count);
                };
                if (refusal != null) {
                    problems.add("model." + refusal);
                }
            }
        }
        if (!networks) {
            problems.add("model.kind: expected network, or an ensemble with one: nothing else is fitted by several"
                    + " processes");
        }
        if (share == Division.Share.PIPELINE && configuration.transfer() != null) {
            problems.add("fine_tune: is not done in stages, as layers thaw one after the other: take --parallel data");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(document.toString(), problems);
        }
    }

    /** Refuses a document whose search starts processes of its own. */
    static void refuseSearch(Path document) throws IOException {
        if (SearchReader.searches(ConfigurationReader.parse(document))) {
            throw new InvalidConfiguration(
                    document.toString(),
                    List.of("search: starts processes of its own, and none of them is divided: search first, then"
                            + " train what it found, models/SLOT/VERSION/search/best.yaml, with --processes"));
        }
    }

    /** Meets the others, if there are any. */
    Division division(CommandLine command, Path document, TrainingConfiguration configuration) {
        Place place = place(command);
        if (!devices.isEmpty()) {
            refuseUnknown(command);
            check(document, configuration, devices.size(), Division.Share.DATA);
            return Division.among(devices);
        }
        if (place == null) {
            return Division.none();
        }
        check(document, configuration, place.processes(), share);
        if (launched) {
            RankProcesses.endWithInput(System.in);
        }
        Map<String, String> subject = new TreeMap<>();
        subject.put("document", Digests.sha256(configuration.text().getBytes(UTF_8)));
        try {
            subject.put("data", configuration.source().sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        subject.put("seed", Long.toString(configuration.seed()));
        subject.put("program", Training.SOFTWARE);
        subject.put("processes", place.processes() + " by " + share);
        return Division.of(Meeting.join(place, subject, deadline), share);
    }

    private void refuseUnknown(CommandLine command) {
        for (String device : devices) {
            String refusal = Libtorch.refusal(device);
            if (refusal != null) {
                throw new CommandLine.ParameterException(command, "--devices: " + device + ": " + refusal);
            }
        }
    }
}
