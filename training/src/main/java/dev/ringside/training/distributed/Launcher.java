package dev.ringside.training.distributed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Starts the processes of one training on this machine and stays with them: where one fails or is killed, all are ended,
 * and it is said which and where its words are. What rank 0 says is passed on; the others' words are in a file each.
 */
public final class Launcher {
    /** The status of a process that ends because another one is gone. */
    public static final int LOST = 4;

    private static final int SIGNALLED = 128;
    private static final long POLL_MILLIS = 20;
    /** How long others may take to end by themselves: who was the first to fail is then known by how each ended. */
    private static final long GRACE_MILLIS = 1000;

    private static final int LAST_WORDS = 5;

    /** What Gloo writes whenever ranks are connected. */
    private static final String GLOO = "[Gloo] ";

    private final IntFunction<ProcessBuilder> command;
    private final Path logs;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param command the process of a rank; where its words go is decided here
     * @param logs the folder for the words of all but rank 0
     * @param out where rank 0's output goes
     * @param err where rank 0's errors go, and what is told of the others
     */
    public Launcher(IntFunction<ProcessBuilder> command, Path logs, PrintWriter out, PrintWriter err) {
        this.command = command;
        this.logs = logs;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs them.
     *
     * @param count how many
     * @return 0 if all came to their end; else the status of the one that failed, 1 where it was killed
     */
    public int run(int count) throws IOException, InterruptedException {
        Files.createDirectories(logs);
        List<Process> all = new ArrayList<>();
        var end = new Thread(() -> all.forEach(Process::destroyForcibly));
        Runtime.getRuntime().addShutdownHook(end);
        List<Thread> readers = new ArrayList<>();
        try {
            for (int rank = 0; rank < count; rank++) {
                ProcessBuilder builder = command.apply(rank).redirectInput(ProcessBuilder.Redirect.PIPE);
                // c10d warns of each try to reach a rank that is only beginning
                builder.environment().putIfAbsent("TORCH_CPP_LOG_LEVEL", "ERROR");
                if (rank > 0) {
                    builder.redirectErrorStream(true).redirectOutput(log(rank).toFile());
                }
                Process process = builder.start();
                all.add(process);
                if (rank == 0) {
                    readers.add(passedOn(process.inputReader(StandardCharsets.UTF_8), out));
                    readers.add(passedOn(process.errorReader(StandardCharsets.UTF_8), err));
                }
                say("rank " + rank + " of " + count + " is process " + process.pid()
                        + (rank > 0 ? ", its words are in " + log(rank) : ""));
            }
            boolean well = follow(all);
            if (!well) {
                settle(all);
            }
            Optional<Integer> failed = well ? Optional.empty() : cause(all);
            List<Integer> ended = end(all);
            for (Thread reader : readers) {
                reader.join(TimeUnit.SECONDS.toMillis(5));
            }
            return failed.isPresent() ? tell(all, failed.get(), ended) : 0;
        } finally {
            end(all);
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private Path log(int rank) {
        return logs.resolve("rank-" + rank + ".log").toAbsolutePath().normalize();
    }

    private static boolean failed(Process process) {
        return !process.isAlive() && process.exitValue() != 0;
    }

    /** Waits for all, or for the first that fails. */
    private static boolean follow(List<Process> all) throws InterruptedException {
        while (all.stream().anyMatch(Process::isAlive)) {
            if (all.stream().anyMatch(Launcher::failed)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return all.stream().noneMatch(Launcher::failed);
    }

    private static void settle(List<Process> all) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        while (all.stream().anyMatch(Process::isAlive) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Which rank failed first: one that was killed, else one that failed by itself, else one that lost another. */
    private static Optional<Integer> cause(List<Process> all) {
        int cause = -1;
        for (int rank = all.size() - 1; rank >= 0; rank--) {
            if (failed(all.get(rank)) && (cause < 0 || guilt(all.get(rank)) >= guilt(all.get(cause)))) {
                cause = rank;
            }
        }
        return cause < 0 ? Optional.empty() : Optional.of(cause);
    }

    private static int guilt(Process process) {
        int status = process.exitValue();
        return status > SIGNALLED ? 2 : status == LOST ? 0 : 1;
    }

    /** Ends those that are alive. */
    private static List<Integer> end(List<Process> all) throws InterruptedException {
        List<Integer> ended = new ArrayList<>();
        for (int rank = 0; rank < all.size(); rank++) {
            if (all.get(rank).isAlive()) {
                ended.add(rank);
                all.get(rank).destroyForcibly();
            }
        }
        for (Process process : all) {
            process.waitFor();
        }
        return ended;
    }

    private int tell(List<Process> all, int rank, List<Integer> ended) throws IOException {
        int status = all.get(rank).exitValue();
        boolean killed = status > SIGNALLED;
        say("train: rank " + rank + " of " + all.size() + " (process "
                + all.get(rank).pid() + ") "
                + (killed ? "was killed by signal " + (status - SIGNALLED) : "ended with status " + status)
                + (ended.isEmpty() ? ", and the others ended" : ", and all others were ended")
                + (rank == 0 ? "; its words are above" : "; its words are in " + log(rank) + lastWords(rank))
                + (killed || status == LOST ? ". The same command goes on after the last pass that was kept" : ""));
        return killed ? 1 : status;
    }

    private String lastWords(int rank) throws IOException {
        List<String> said = new String(Files.readAllBytes(log(rank)), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> last = said.subList(Math.max(0, said.size() - LAST_WORDS), said.size());
        return last.isEmpty() ? "" : ", of which the last are: " + String.join(" / ", last);
    }

    private void say(String words) {
        err.println(words);
        err.flush();
    }

    private static Thread passedOn(BufferedReader from, PrintWriter to) {
        return Thread.ofPlatform().name("rank-0-words").daemon().start(() -> {
            try (from) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                    if (!line.startsWith(GLOO)) {
                        to.println(line);
                        to.flush();
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                // the process is gone
            }
        });
    }
}
