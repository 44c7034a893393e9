package dev.ringside.app.command;

import dev.ringside.app.load.RoutedBench;
import dev.ringside.app.load.RoutedMeasure;
import dev.ringside.app.load.ServedBench;
import dev.ringside.app.load.ServedMeasure;
import dev.ringside.app.terminal.Progress;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.benchmarks.serving.Keyed;
import dev.ringside.benchmarks.serving.ServingBench;
import dev.ringside.benchmarks.serving.ServingMeasure;
import dev.ringside.benchmarks.serving.ServingMeasured;
import dev.ringside.benchmarks.serving.ServingReport;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.Folders;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the batcher of the model server, and the server itself, beside the session that it runs. */
@Command(
        name = "serving",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the batcher of the model server beside the session that it runs, in this process, and a model server"
                    + " in a process of its own beside what it is made of, and a router in front of one.",
            "Both take turns, and medians of the rounds are told: what else the machine does befalls both alike. Only"
                    + " ratios say anything of another machine; what they are made of stands beside."
        })
final class BenchServingCommand implements Callable<Integer> {
    @Option(names = "--rounds", paramLabel = "N", description = "Of each measure; default ${DEFAULT-VALUE}.")
    private int rounds = 9;

    @Option(
            names = "--millis",
            paramLabel = "N",
            description = "That each side of a round takes; default ${DEFAULT-VALUE}.")
    private int millis = 1000;

    @Option(
            names = "--swaps",
            paramLabel = "N",
            description =
                    "How often a model is swapped under load, and as often fails to load; default ${DEFAULT-VALUE}.")
    private int swaps = 100;

    @Option(
            names = "--stops",
            paramLabel = "N",
            description = "How many servers are stopped under load; default ${DEFAULT-VALUE}.")
    private int stops = 200;

    @Option(
            names = "--only",
            paramLabel = "KEY",
            split = ",",
            description = "Only these measures, with commas between them; default all. --list names them.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--peer",
            paramLabel = "URL",
            description =
                    "Another server for peer_ratio, which serves the files of --write-networks by the Open Inference"
                            + " Protocol v2: Triton, KServe, MLServer, or DJL Serving with its plugin kserve.")
    private @Nullable URI peer;

    @Option(
            names = "--write-networks",
            paramLabel = "DIR",
            description =
                    "Writes the networks that are asked as a model repository, NAME/1/model.onnx, and measures nothing.")
    private @Nullable Path networks;

    @Mixin
    private BenchResult result = new BenchResult();

    @Option(names = "--list", description = "Names the measures and takes none.")
    private boolean list;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, ModelFailure {
        PrintWriter out = spec.commandLine().getOut();
        List<Keyed> all = new ArrayList<>(List.of(ServingMeasure.values()));
        all.addAll(List.of(ServedMeasure.values()));
        all.addAll(List.of(RoutedMeasure.values()));
        List<Keyed> measures = only.isEmpty() ? all : Keyed.chosen(all, only);
        if (list) {
            measures.forEach(measure -> out.println(measure.key() + ": " + measure.about()));
            return 0;
        }
        if (networks != null) {
            ServedBench.writeNetworks(networks);
            out.println("networks written into " + networks);
            return 0;
        }
        if (only.isEmpty() && peer == null) {
            measures = all.stream()
                    .filter(measure -> measure != ServedMeasure.PEER_RATIO)
                    .toList();
        }
        InvalidInput.require(
                peer != null || !measures.contains(ServedMeasure.PEER_RATIO),
                "--peer",
                "expected the address of the server that peer_ratio is measured beside, such as http://127.0.0.1:8000");
        InvalidInput.require(
                peer == null || ("http".equals(peer.getScheme()) && peer.getHost() != null && peer.getPort() > 0),
                "--peer",
                "expected an address such as http://127.0.0.1:8000, found " + peer);
        InvalidInput.require(rounds >= 1, "--rounds", "expected 1 or more, found " + rounds);
        InvalidInput.require(millis >= 1, "--millis", "expected 1 or more, found " + millis);
        InvalidInput.require(swaps >= 1, "--swaps", "expected 1 or more, found " + swaps);
        InvalidInput.require(stops >= 1, "--stops", "expected 1 or more, found " + stops);
        result.check();
        var report = new ServingReport(measure(measures));
        if (result.json() != null) {
            report.write(result.json());
        }
        out.println();
        out.print(report.table());
        out.flush();
        return 0;
    }

    private List<ServingMeasured> measure(List<Keyed> measures) throws IOException, InterruptedException, ModelFailure {
        List<ServingMeasure> here = of(ServingMeasure.class, measures);
        List<ServedMeasure> served = of(ServedMeasure.class, measures);
        List<RoutedMeasure> routed = of(RoutedMeasure.class, measures);
        Duration each = Duration.ofMillis(millis);
        var found = new ArrayList<ServingMeasured>();
        try (Progress bar = Terminal.standard().begin("measuring", (long) rounds * measures.size())) {
            found.addAll(new ServingBench(rounds, each, System::nanoTime)
                    .measure(here, (measure, round) -> bar.at(round, measure.key())));
            if (!served.isEmpty()) {
                Path folder = Files.createTempDirectory("ringside-bench-");
                try {
                    found.addAll(new ServedBench(rounds, each, swaps, stops, peer)
                            .measure(
                                    served,
                                    folder,
                                    (measure, round) -> bar.at((long) rounds * here.size() + round, measure.key())));
                } finally {
                    Folders.delete(folder);
                }
            }
            if (!routed.isEmpty()) {
                Path folder = Files.createTempDirectory("ringside-bench-");
                try {
                    long before = (long) rounds * (here.size() + served.size());
                    found.addAll(new RoutedBench(rounds, each)
                            .measure(routed, folder, (measure, round) -> bar.at(before + round, measure.key())));
                } finally {
                    Folders.delete(folder);
                }
            }
        }
        return found;
    }

    private static <M extends Keyed> List<M> of(Class<M> kind, List<Keyed> measures) {
        return measures.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
