package dev.ringside.app.command;

import dev.ringside.app.program.ApplicationFiles;
import dev.ringside.app.terminal.Progress;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.benchmarks.training.Documents;
import dev.ringside.benchmarks.training.EarlierReport;
import dev.ringside.benchmarks.training.Measure;
import dev.ringside.benchmarks.training.Measured;
import dev.ringside.benchmarks.training.Measures;
import dev.ringside.benchmarks.training.TrainingBench;
import dev.ringside.benchmarks.training.TrainingReport;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains committed documents with several seeds and holds the figures against what is promised. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description = {
            "Trains the documents of benchmarks/training with several seeds and holds what they score, and what they"
                    + " take, against what is promised, beside what others score on the same rows.",
            "One training after the other, each in a process of its own, as ringside train does it. All of it takes"
                    + " more than an hour on two cores. Exit status 1 if the mean of a measure is not what it must be."
        })
final class BenchTrainingCommand implements Callable<Integer> {
    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Each document is trained with the seeds 1 to N; default ${DEFAULT-VALUE}.")
    private int seeds = 5;

    @Option(
            names = "--only",
            paramLabel = "KEY",
            split = ",",
            description = "Only these measures, with commas between them; default all. --list names them.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the data sets are that are not part of the source tree. Default: $RINGSIDE_DATA, else"
                    + " data in $RINGSIDE_SHARED, else ../shared/data beside the source tree.")
    private @Nullable Path data;

    @Mixin
    private BenchResult result = new BenchResult();

    @Option(
            names = "--resume",
            description =
                    "Goes on with what the file of --json holds, which is written anew after each measure: what was"
                            + " found of the same documents and data with as many seeds is not measured again.")
    private boolean resume;

    @Option(names = "--list", description = "Names the measures and trains nothing.")
    private boolean list;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Measure> measures = only.isEmpty() ? Measures.all() : Measures.named(only);
        if (list) {
            measures.forEach(measure -> out.println(measure.key() + ": " + measure.about()));
            return 0;
        }
        InvalidInput.require(seeds >= 1, "--seeds", "expected 1 or more, found " + seeds);
        result.check();
        InvalidInput.require(!resume || result.json() != null, "--resume", "expected --json FILE beside it");
        Path home = ApplicationFiles.home();
        var documents = new Documents(home, data == null ? data(home, System.getenv()) : data);
        documents.check(measures);
        var report = new TrainingReport(measure(documents, measures));
        out.println();
        out.print(report.table());
        out.println();
        report.sources().forEach(out::println);
        report.notes().forEach(out::println);
        return BenchResult.close(out, report.misses());
    }

    /** The folder of data sets where nobody says one. */
    static Path data(Path home, Map<String, String> environment) {
        String folder = environment.get("RINGSIDE_DATA");
        String shared = environment.get("RINGSIDE_SHARED");
        if (folder != null) {
            return Path.of(folder);
        }
        return (shared == null ? home.resolveSibling("shared") : Path.of(shared)).resolve("data");
    }

    private List<Measured> measure(Documents documents, List<Measure> measures)
            throws IOException, InterruptedException {
        var trainer = new TrainerProcess(System::nanoTime);
        Path file = result.json();
        EarlierReport earlier = resume && file != null ? EarlierReport.read(file) : EarlierReport.none();
        var bench = new TrainingBench(documents, trainer, seeds, earlier);
        try (Progress bar = Terminal.standard().begin("training", bench.planned(measures))) {
            return bench.measure(measures, new Shown(bar));
        }
    }

    /** Says what is trained, and each value as it comes. */
    private final class Shown implements TrainingBench.Progress {
        private final Progress bar;
        private int begun;

        Shown(Progress bar) {
            this.bar = bar;
        }

        @Override
        public void begins(Measure measure, long seed) {
            bar.at(begun++, measure.key() + " with seed " + seed);
        }

        @Override
        public void found(Measure measure, long seed, double value) {
            bar.at(
                    begun,
                    measure.key() + " with seed " + seed + ": "
                            + measure.figure().show(value));
        }

        @Override
        public void complete(List<Measured> sofar) throws IOException {
            if (result.json() != null) {
                new TrainingReport(sofar).write(result.json());
            }
        }
    }
}
