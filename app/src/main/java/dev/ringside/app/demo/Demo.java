package dev.ringside.app.demo;

import dev.ringside.app.client.ControlClient;
import dev.ringside.app.client.ControlFailure;
import dev.ringside.app.configuration.Role;
import dev.ringside.app.configuration.StartSettings;
import dev.ringside.app.demo.client.AirportHashes;
import dev.ringside.app.demo.client.Answers;
import dev.ringside.app.demo.client.Disturbance;
import dev.ringside.app.demo.client.Endpoints;
import dev.ringside.app.demo.client.KnownElsewhere;
import dev.ringside.app.demo.client.PatientHttp;
import dev.ringside.app.demo.client.Questions;
import dev.ringside.app.demo.client.Replay;
import dev.ringside.app.demo.client.ReplayFailure;
import dev.ringside.app.demo.client.VersionScores;
import dev.ringside.app.demo.flights.FlightFile;
import dev.ringside.app.demo.flights.Flights;
import dev.ringside.app.demo.report.ArchivedEvents;
import dev.ringside.app.demo.report.Checks;
import dev.ringside.app.demo.report.ExperimentView;
import dev.ringside.app.demo.report.Page;
import dev.ringside.app.demo.report.Recount;
import dev.ringside.app.demo.report.Result;
import dev.ringside.app.demo.report.Retrained;
import dev.ringside.app.embedded.DataFolder;
import dev.ringside.app.embedded.Secrets;
import dev.ringside.app.platform.Layout;
import dev.ringside.app.platform.PeakMemory;
import dev.ringside.app.platform.Platform;
import dev.ringside.app.redis.RedisAddress;
import dev.ringside.app.redis.RedisHashes;
import dev.ringside.app.terminal.Progress;
import dev.ringside.app.terminal.Terminal;
import dev.ringside.contract.kpi.KpiDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The closed loop on real flights, from training to verdicts, through real servers. */
public final class Demo {
    /** Who acts in the audit. */
    static final String ACTOR = "demo";

    /** How long one request is tried: a restart after a crash takes some of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final DemoOptions options;
    private final Application application;
    private final DemoFiles files;
    private final Terminal terminal;
    private final Seed seed;
    private final long started = System.nanoTime();
    private final AtomicReference<@Nullable List<String>> lingering = new AtomicReference<>();

    /**
     * The packaged application.
     *
     * @param jar {@code quarkus-run.jar}
     * @param demo the folder of the demo's files
     * @param trainer makes the training process of some arguments
     */
    public record Application(Path jar, Path demo, Function<List<String>, ProcessBuilder> trainer) {}

    public Demo(DemoOptions options, Application application, Terminal terminal) {
        this.options = options;
        this.application = application;
        this.files = new DemoFiles(application.demo());
        this.terminal = terminal;
        this.seed = new Seed(options.seed());
    }

    /**
     * Runs it; unless it is to exit, only an end of the process ends it after the report.
     *
     * @param folder a new folder for everything that it keeps
     * @return the reasons why it has failed; none if it has not
     */
    public List<String> run(DataFolder folder) throws IOException, InterruptedException, ControlFailure, ReplayFailure {
        FlightFile file = flightFile(folder);
        Path binaries = StartSettings.read(null).postgresBinaries();
        var settings = Map.of(
                // They are the same for every demo.
                "ringside.embedded.postgres.binaries",
                (binaries == null ? folder.root().resolveSibling("postgres-binaries") : binaries).toString(),
                "ringside.clock",
                "request",
                "ringside.experiments.install-key",
                seed.digits("install key"),
                // The books are closed over the archive, so it must not lag behind for minutes.
                "ringside.metrics.archive-after",
                "3s");
        try (var platform = new Platform(
                        application.jar(),
                        folder,
                        options.ports(),
                        options.split() ? Layout.SPLIT : Layout.TOGETHER,
                        settings);
                var memory = PeakMemory.of(platform.processes())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(platform), "stop-platform"));
            say("starting " + (options.split() ? "a process for each role" : "one process with all roles")
                    + ", PostgreSQL and Kafka in " + folder.root());
            platform.start();
            List<String> failures = loop(folder, platform, file, memory);
            failures.forEach(failure -> terminal.say("FAILED: " + failure));
            if (!options.exit()) {
                terminal.say("Everything is kept in " + folder.root() + ". The dashboard stays at "
                        + platform.address(Role.EXPERIMENTS) + " until Ctrl-C.");
                lingering.set(failures);
                Thread.currentThread().join();
            }
            return failures;
        }
    }

    /** The end of the process, in whatever way. When all is done and only the dashboard is up, that is no failure. */
    private void end(Platform platform) {
        platform.close();
        List<String> failures = lingering.get();
        if (failures != null) {
            Runtime.getRuntime().halt(failures.isEmpty() ? 0 : 1);
        }
    }

    private FlightFile flightFile(DataFolder folder) throws IOException {
        Path data = options.data();
        var file = new FlightFile(data == null ? files.flights() : data.toAbsolutePath());
        Long rows = options.rows();
        if (rows == null) {
            return file;
        }
        var always = new ArrayList<String>();
        files.slot().path("segments").forEach(segment -> always.add(segment.asText()));
        return file.select(always, rows, folder.resolve("flights.parquet"));
    }

    /** The loop itself, once around. */
    private List<String> loop(DataFolder folder, Platform platform, FlightFile file, PeakMemory memory)
            throws IOException, InterruptedException, ControlFailure, ReplayFailure {
        var control = new ControlClient(platform.address(Role.EXPERIMENTS), ACTOR, PATIENCE);
        var setup = new Setup(control, files, seed);
        List<String> kept = options.redis() ? DemoFiles.OF_AIRPORTS : List.of();
        Setup.Slot slot = setup.declareSlot(file.origins(), kept);
        Path models = options.models() == null
                ? folder.resolve("trained")
                : options.models().toAbsolutePath();
        train(setup, file, Files.createDirectories(models));
        setup.enthrone(slot, models);
        Flights flights =
                file.read(files.features(), slot.signature().inputs(), DemoOptions.FIRST_DAY, options.until());
        var endpoints = new Endpoints(
                platform.address(Role.ROUTER), platform.address(Role.INGEST), control.address(), slot.name());
        try (var http = new PatientHttp(PATIENCE);
                var redis = new RedisHashes(RedisAddress.local(
                        options.ports().redis(), Secrets.of(folder).redis()))) {
            var questions = new Questions(
                    flights,
                    slot.segmentAttribute(),
                    slot.output(),
                    kept.isEmpty() ? KnownElsewhere.NOTHING : new AirportHashes(redis, kept, PATIENCE));
            var replay = new Replay(questions, endpoints, http);
            Instant beginning =
                    DemoOptions.FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
            replay.setClock(beginning);
            List<KpiDefinition> kpis = setup.startExperiments(slot);
            // Once more: it returns when every router acts on the experiments, so that the first flights are in them.
            replay.setClock(beginning);
            say("replaying the flights of " + DemoOptions.FIRST_DAY + " to "
                    + options.until().minusDays(1));
            long replayStarted = System.nanoTime();
            Disturbance disturbance = disturbance(replay, platform);
            var archive = new ArchiveEnd(new ControlClient(platform.address(Role.METRICS), ACTOR, PATIENCE));
            Retrained retrained = null;
            if (options.retrain()) {
                try (Progress progress = terminal.begin("predictions", flights.size())) {
                    replay.until(Retraining.DAY, disturbance, progress);
                }
                retrained = new Retraining(setup, control, archive, files, folder.root(), models, this::say)
                        .run(slot, application.trainer());
                replay.setClock(Retraining.DAY.atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            try (Progress progress = terminal.begin("predictions", flights.size())) {
                replay.run(FinalTime.of(flights, kpis), disturbance, progress);
            }
            say(String.format(
                    Locale.ROOT, "replayed in %d s, %d requests sent again", seconds(replayStarted), http.repeats()));
            Answers answers = replay.answers();
            if (options.redis()) {
                say(String.format(
                        Locale.ROOT,
                        "%,d flights' features came from Redis, for %,d flights a default",
                        answers.answered().cardinality() - answers.defaulted(),
                        answers.defaulted()));
            }
            var conclusions =
                    new Conclusions(control, questions, answers, new VersionScores(questions, endpoints, http));
            List<ExperimentView> views = new ArrayList<>(conclusions.views(DemoFiles.EXPERIMENTS));
            List<Result.Region> regions = conclusions.regions(views);
            String again = retrained == null ? null : retrained.experiment();
            if (retrained != null && again != null) {
                List<ExperimentView> its = conclusions.views(List.of(again));
                views.addAll(its);
                retrained = retrained.with(conclusions.regions(its));
            }
            Accounts.Closed closed = new Accounts(control, archive, new ArchivedEvents(questions, answers))
                    .close(answers.answered().cardinality(), folder.resolve("archive"));
            var result = new Result(
                    regions, closed.books(), closed.fallbacks(), seconds(started), memory.bytes(), retrained);
            List<String> recounted = new Recount(flights, answers).differences(views);
            terminal.say(Page.of(views, result, recounted.isEmpty()));
            options.writeJson(result);
            return Stream.concat(recounted.stream(), Checks.failures(result, options.isWhole()).stream())
                    .toList();
        }
    }

    /** Trains all models, as many at once as there are processors: each training keeps one busy. */
    private void train(Setup setup, FlightFile file, Path models) throws IOException, InterruptedException {
        List<Path> trainings = files.trainings();
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.min(trainings.size(), Runtime.getRuntime().availableProcessors()));
        try (Progress progress = terminal.begin("models trained", trainings.size())) {
            var running = new ExecutorCompletionService<Path>(pool);
            trainings.forEach(training -> running.submit(() -> {
                setup.train(training, file.path(), models, application.trainer());
                return training;
            }));
            for (int done = 1; done <= trainings.size(); done++) {
                Path training = running.take().get();
                progress.at(done, training.getFileName() + " after " + seconds(started) + " s");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private Disturbance disturbance(Replay replay, Platform platform) {
        if (!options.chaos()) {
            return Disturbance.NONE;
        }
        return replay.chaos(options.seed(), () -> {
            say("kill -9 of everything");
            platform.kill();
            platform.start();
            say("started again");
            return null;
        });
    }

    private void say(String what) {
        terminal.say(String.format(Locale.ROOT, "[%3d s] %s", seconds(started), what));
    }

    private static long seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }
}
