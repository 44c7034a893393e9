package dev.ringside.training.search;

import dev.ringside.contract.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The side of a trial in its own process: reports go to the search by standard output, its answers come by standard input.
 * Where the search is gone, so is the sense of the trial: the input ends, and the process is told.
 */
public final class TrialWorker implements Monitor {
    private final PrintStream out;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private boolean stopped;

    /**
     * @param in the process's standard input
     * @param out its standard output
     * @param orphaned called, on another thread, once the input has ended, as it does when the search was killed; the
     *     process should end then, in the middle of whatever it does
     */
    public TrialWorker(InputStream in, PrintStream out, Runnable orphaned) {
        this.out = out;
        Thread.ofPlatform().name("search-answers").daemon().start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    answers.add(line);
                }
            } catch (IOException e) {
                // as at the end of the input
            }
            answers.add(WorkerLine.STOP);
            orphaned.run();
        });
    }

    @Override
    public boolean report(int step, double value) throws InterruptedException {
        write(new WorkerLine.Report(step, value));
        stopped = stopped || !answers.take().equals(WorkerLine.GO);
        return !stopped;
    }

    /** Says what the trial comes to; the process then ends with status 0. */
    public void result(Measured measured) {
        write(new WorkerLine.Result(measured.value(), measured.metrics(), measured.digest()));
    }

    private void write(WorkerLine line) {
        out.println(Json.write(line));
        out.flush();
    }
}
