package dev.ringside.app.command;

import dev.ringside.app.fuzz.Fuzz;
import dev.ringside.app.fuzz.FuzzReport;
import dev.ringside.app.terminal.Progress;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.file.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a model server what is nearly right. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a model server and sends it requests that are nearly right, in JSON, binary and gRPC, and broken model"
                    + " files, with right requests between them.",
            "It must refuse them with a reason, never fail, hang, end or grow, and answer the right ones. Each request"
                    + " follows from the seed and its number."
        })
final class BenchFuzzCommand implements Callable<Integer> {
    @Option(names = "--requests", paramLabel = "N", description = "How many; default ${DEFAULT-VALUE}.")
    private long requests = 20_000;

    @Option(names = "--seed", paramLabel = "S", description = "Default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private BenchResult result = new BenchResult();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InvalidInput.require(requests >= 1, "--requests", "expected 1 or more, found " + requests);
        result.check();
        FuzzReport report = fuzz();
        if (result.json() != null) {
            report.write(result.json());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%,d requests and %,d right ones in %.0f s; memory %,d MB after a quarter, %,d MB at the end%n",
                report.requests(),
                report.right(),
                report.seconds(),
                report.residentBytesBefore() >> 20,
                report.residentBytesAfter() >> 20);
        report.answers().forEach((answer, times) -> out.printf("  %-28s %,12d%n", answer, times));
        int status = BenchResult.close(out, misses(report));
        out.flush();
        return status;
    }

    private static List<String> misses(FuzzReport report) {
        return report.violations() == 0
                ? List.of()
                : List.of(report.violations() + " violations, the first:\n    "
                        + String.join("\n    ", report.examples()));
    }

    private FuzzReport fuzz() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringside-fuzz-");
        try (Progress bar = Terminal.standard().begin("requests", requests)) {
            return new Fuzz(seed, requests).run(folder, done -> bar.at(done, ""));
        } finally {
            Folders.delete(folder);
        }
    }
}
