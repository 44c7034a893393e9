package dev.ringside.training;

import dev.ringside.contract.json.Json;
import dev.ringside.training.distributed.Division;
import dev.ringside.training.distributed.Launcher;
import dev.ringside.training.distributed.Meeting;
import dev.ringside.training.distributed.Place;
import dev.ringside.training.network.NetworkSettings;
import dev.ringside.training.pace.Speedup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program of {@code ringside bench training} that measures how much sooner a pass of a document's network ends in two
 * processes, on this machine, than in one: {@code DOCUMENT SEED ROUNDS FILE}, the file being the result as JSON. A network
 * of the same layers, 64 wide, is measured beside it: what ranks tell each other may cost it more than it wins.
 */
public final class ProcessPace {
    private static final int PROCESSES = 2;
    private static final int SMALL = 64;
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private ProcessPace() {}

    /** Runs it, as the one that starts the processes, or with {@code ADDRESS RANK} behind the others as one of them. */
    public static void main(String... arguments) {
        var words = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            if (arguments.length == 4) {
                System.exit(launch(List.of(arguments), words));
            }
            RankProcesses.endWithInput(System.in);
            measure(arguments, words);
        } catch (IOException | RuntimeException e) {
            words.println("pace: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(1);
        }
    }

    private static int launch(List<String> arguments, PrintWriter words) throws IOException, InterruptedException {
        String address = RankProcesses.address();
        Path logs = Path.of(arguments.get(3)).toAbsolutePath().resolveSibling("ranks");
        return new Launcher(
                        rank -> {
                            List<String> all = new ArrayList<>(arguments);
                            all.addAll(List.of(address, Integer.toString(rank)));
                            return ThisProgram.again(ProcessPace.class, all);
                        },
                        logs,
                        words,
                        words)
                .run(PROCESSES);
    }

    private static void measure(String[] arguments, PrintWriter words) throws IOException {
        long seed = Long.parseLong(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        TimedNetwork network = TimedNetwork.read(Path.of(arguments[0]), seed, words);
        Meeting meeting = Meeting.join(
                Place.at(arguments[4], Integer.parseInt(arguments[5]), PROCESSES),
                Map.of("document", arguments[0]),
                DEADLINE);
        try (Division division = Division.of(meeting, Division.Share.DATA)) {
            Speedup wide = speedup(network.settings(), network, rounds, seed, meeting);
            Speedup small = speedup(narrowed(network.settings()), network, rounds, seed, meeting);
            if (division.leads()) {
                Map<String, Object> result = new TreeMap<>();
                result.put("rounds", rounds);
                result.put("seconds", wide.seconds());
                result.put("two_process_seconds", wide.sharedSeconds());
                result.put("speedup", wide.speedup());
                result.put("small_seconds", small.seconds());
                result.put("small_two_process_seconds", small.sharedSeconds());
                result.put("small_speedup", small.speedup());
                Files.writeString(Path.of(arguments[3]), Json.pretty(result) + "\n");
            }
            division.finish();
        }
    }

    private static Speedup speedup(
            NetworkSettings settings, TimedNetwork network, int rounds, long seed, Meeting meeting) {
        return Speedup.of(settings, network.train(), rounds, seed, meeting.ranks(), System::nanoTime);
    }

    private static NetworkSettings narrowed(NetworkSettings wide) {
        return NetworkSettings.plain(
                wide.hidden().stream().map(width -> Math.min(width, SMALL)).toList(),
                wide.dropout(),
                wide.learningRate(),
                wide.weightDecay(),
                wide.batch(),
                wide.epochs(),
                wide.patience());
    }
}
