package dev.ringside.training.search;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs each trial as a process of its own, so that neither a crash nor a hang of native code is more than one failed
 * trial. What the process writes that is no {@link WorkerLine} is kept in {@code output.txt} of the trial's folder.
 *
 * <p>A process that is told to stop has the grace to end by itself; then it is killed, with the processes that it started.
 */
public final class ProcessObjective implements Objective {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LAST_WORDS = 5;

    private final Function<Trial, ProcessBuilder> command;
    private final Duration grace;

    /**
     * @param command the process of a trial; where its output and errors go is decided here
     * @param grace how long a process that was told to stop may take
     */
    public ProcessObjective(Function<Trial, ProcessBuilder> command, Duration grace) {
        this.command = command;
        this.grace = grace;
    }

    @Override
    public Measured evaluate(Trial trial, Monitor monitor) throws IOException, InterruptedException, TrialFailure {
        Path output = trial.folder().resolve("output.txt");
        Process process = command.apply(trial)
                .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var conversation = new Conversation(process, output)) {
            try {
                return conversation.follow(monitor);
            } finally {
                if (process.isAlive()) {
                    conversation.answer(WorkerLine.STOP);
                }
                end(process); // before its input is closed, which would tell it that the search is gone
            }
        }
    }

    /** Waits for the grace, then kills; an interrupt does not shorten it, as then the process could outlive the search. */
    private void end(Process process) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill(process);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    private static final class Conversation implements AutoCloseable {
        private static final String END = "\u0000end";

        private final Process process;
        private final Path output;
        private final BufferedWriter answers;
        private final BufferedWriter words;
        private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>(1000);
        private final Thread reader;

        private Conversation(Process process, Path output) throws IOException {
            this.process = process;
            this.output = output;
            this.answers = process.outputWriter(StandardCharsets.UTF_8);
            this.words = Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            this.reader = Thread.ofPlatform()
                    .name(Thread.currentThread().getName() + "-output")
                    .daemon()
                    .start(this::read);
        }

        private void read() {
            try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = line(in); line != null; line = line(in)) {
                    lines.put(line);
                }
            } catch (IOException e) {
                // the process is gone
            } catch (InterruptedException e) {
                return;
            }
            try {
                lines.put(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** A line, cut where it is longer than any that is meant for us. */
        private static @Nullable String line(BufferedReader in) throws IOException {
            var line = new StringBuilder();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (line.length() < LONGEST_LINE) {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        private Measured follow(Monitor monitor) throws IOException, InterruptedException, TrialFailure {
            WorkerLine.@Nullable Result result = null;
            for (String line = next(); !line.equals(END); line = next()) {
                WorkerLine said = WorkerLine.read(line).orElse(null);
                switch (said) {
                    case null -> words.append(line).append('\n');
                    case WorkerLine.Report(int step, double value) -> {
                        boolean on = monitor.report(step, value);
                        if (!on) {
                            throw new TrialFailure("stopped");
                        }
                        answer(WorkerLine.GO);
                    }
                    case WorkerLine.Result end -> result = end;
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new TrialFailure("its process ended with status " + status + killed(status) + lastWords());
            }
            if (result == null) {
                throw new TrialFailure("its process ended without a result" + lastWords());
            }
            var metrics = result.metrics();
            return new Measured(result.value(), metrics == null ? Map.of() : metrics, result.digest());
        }

        /** The next line; the end, too, where the process has ended and something that it started holds its output. */
        private String next() throws InterruptedException {
            while (true) {
                boolean alive = process.isAlive();
                String line = lines.poll(alive ? 200 : 1000, TimeUnit.MILLISECONDS);
                if (line != null) {
                    return line;
                }
                if (!alive) {
                    return END;
                }
            }
        }

        private void answer(String word) {
            try {
                answers.append(word).append('\n');
                answers.flush();
            } catch (IOException e) {
                // it has closed its input or is gone; its end says more
            }
        }

        private static String killed(int status) {
            return status > 128 && status < 160 ? " (signal " + (status - 128) + ")" : "";
        }

        private String lastWords() throws IOException {
            words.flush();
            List<String> said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> last = said.subList(Math.max(0, said.size() - LAST_WORDS), said.size());
            return last.isEmpty() ? "" : "; its last words: " + String.join(" / ", last);
        }

        @Override
        public void close() throws IOException {
            try {
                answers.close();
            } catch (IOException e) {
                // broken pipe: the process is gone
            }
            words.close();
            reader.interrupt();
        }
    }
}
