package dev.ringside.app.command;

import dev.ringside.app.terminal.Progress;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.benchmarks.run.Bench;
import dev.ringside.benchmarks.run.Report;
import dev.ringside.benchmarks.run.Row;
import dev.ringside.benchmarks.run.Tolerance;
import dev.ringside.benchmarks.scenario.Scenario;
import dev.ringside.benchmarks.scenario.Scenarios;
import dev.ringside.contract.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays experiments by the thousand through the policy and counts how often it errs. */
@Command(
        name = "statistics",
        mixinStandardHelpOptions = true,
        description = {
            "Plays experiments by the thousand through the whole policy and counts how often it errs.",
            "Each scenario is a plan and a world of known truth: daily looks for harm, weekly ones for promotion,"
                    + " gates, as in the product. Where a scenario without effect lies one standard error above α, 10,000"
                    + " runs are added. Exit status 1 if a promise of docs/statistics.md is missed."
        })
final class BenchStatisticsCommand implements Callable<Integer> {
    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Of each scenario at each effect; default ${DEFAULT-VALUE}.")
    private int runs = 2000;

    @Mixin
    private BenchResult result = new BenchResult();

    @Option(names = "--seed", paramLabel = "S", description = "Of everything that is drawn; default ${DEFAULT-VALUE}.")
    private long seed = 20010401;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Only these, or those whose names begin so; default all. --list names them.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "That play at once; default one for each processor. The result does not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--list", description = "Names the scenarios and plays none.")
    private boolean list;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Scenario> scenarios = names.isEmpty() ? Scenarios.all() : Scenarios.named(names);
        if (list) {
            scenarios.forEach(scenario -> out.println(scenario.name() + ": " + scenario.about()));
            return 0;
        }
        check();
        var report = new Report(play(scenarios));
        if (result.json() != null) {
            report.write(result.json());
        }
        out.println();
        out.print(report.table(scenarios));
        out.println();
        report.notes().forEach(out::println);
        out.println(Tolerance.derivation(runs));
        return BenchResult.close(out, report.misses(scenarios));
    }

    private void check() {
        InvalidInput.require(runs >= 1, "--runs", "expected 1 or more, found " + runs);
        InvalidInput.require(threads >= 1, "--threads", "expected 1 or more, found " + threads);
        result.check();
    }

    private List<Row> play(List<Scenario> scenarios) throws InterruptedException {
        long planned = Bench.planned(scenarios, runs);
        try (Progress bar = Terminal.standard().begin("playing", planned)) {
            return new Bench(runs, seed, threads).play(scenarios, new Shown(bar, planned, System::nanoTime));
        }
    }

    /** Says which row it is at, how many runs are done, and how long the rest takes at the pace so far. */
    private static final class Shown implements Bench.Progress {
        private final Progress bar;
        private final long planned;
        private final LongSupplier nanoTime;
        private final long begun;
        private final AtomicLong done = new AtomicLong();
        private volatile String row = "";
        private final AtomicLong added = new AtomicLong();

        Shown(Progress bar, long planned, LongSupplier nanoTime) {
            this.bar = bar;
            this.planned = planned;
            this.nanoTime = nanoTime;
            this.begun = nanoTime.getAsLong();
        }

        @Override
        public void row(Scenario scenario, double effect, int runs, boolean more) {
            row = String.format(Locale.ROOT, "%s at effect %.0f%s", scenario.name(), effect, more ? ", more runs" : "");
            added.addAndGet(more ? runs : 0);
        }

        @Override
        public void ran() {
            long now = done.incrementAndGet();
            if (now % 50 == 0 || now == planned + added.get()) {
                show(now);
            }
        }

        private synchronized void show(long now) {
            long all = planned + added.get();
            double left = (nanoTime.getAsLong() - begun) / 1e9 / now * (all - now);
            bar.at(
                    Math.min(planned, now * planned / all),
                    String.format(Locale.ROOT, "%s, %d:%02d left", row, (long) left / 60, (long) left % 60));
        }

        @Override
        public void complete(Row complete) {
            // The table at the end says it.
        }
    }
}
