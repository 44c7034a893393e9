package dev.ringside.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.contract.json.Json;
import dev.ringside.training.configuration.ConfigurationReader;
import dev.ringside.training.configuration.GivenFiles;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.TrainingConfiguration;
import dev.ringside.training.progress.Progress;
import dev.ringside.training.search.ProcessObjective;
import dev.ringside.training.search.Search;
import dev.ringside.training.search.SearchListener;
import dev.ringside.training.search.SearchReader;
import dev.ringside.training.search.SearchSettings;
import dev.ringside.training.search.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search that a document asks for, before its training: each trial trains the document with other values in a process
 * of its own, and what trained best is the document that goes on.
 */
final class Searching {
    private final Path document;
    private final GivenFiles given;
    private final @Nullable Long seed;
    private final PrintWriter words;

    /**
     * @param document the YAML file
     * @param given files that go before the document's
     * @param seed the seed to take in place of the document's; null for that one
     * @param words where it is told how the search proceeds
     */
    Searching(Path document, GivenFiles given, @Nullable Long seed, PrintWriter words) {
        this.document = document;
        this.given = given;
        this.seed = seed;
        this.words = words;
    }

    /**
     * What a search found.
     *
     * @param configuration what is to be trained
     * @param kept where the best trial kept what it fitted; null where nothing was searched, or it kept nothing
     */
    record Found(
            TrainingConfiguration configuration, @Nullable Path kept) {}

    /**
     * Searches, or goes on with a search that was ended, if the document asks for one.
     *
     * @param models the folder for models, where the search has its own in the version's folder
     * @throws InvalidConfiguration listing every problem of the document, and of every value that would be tried
     */
    Found best(Path models) throws IOException, InterruptedException {
        JsonNode tree = ConfigurationReader.parse(document);
        if (!SearchReader.searches(tree)) {
            return new Found(ConfigurationReader.read(given, document, seed), null);
        }
        SearchSettings settings = SearchReader.read(document.toString(), tree);
        TrainingConfiguration any = check(settings, tree);
        validate(any);
        Path folder = models.resolve(any.slot()).resolve(any.version()).resolve("search");
        words.println("searching " + String.join(", ", settings.space().paths()) + ": " + settings.trials()
                + " trials, kept in " + folder.toAbsolutePath().normalize());
        words.flush();
        int found = new Search(
                        settings, tree, new ProcessObjective(this::process, settings.grace()), folder, listener())
                .run()
                .best()
                .trial();
        Path best = folder.resolve("best.yaml");
        return new Found(
                ConfigurationReader.read(
                        document, Files.readString(best), ConfigurationReader.parse(best), given, seed),
                kept(folder.resolve("trials"), found));
    }

    /** Where a trial kept what it fitted, in whichever attempt it came to its end; what others kept is removed. */
    private static @Nullable Path kept(Path trials, int best) throws IOException {
        Path kept = null;
        String name = String.format(Locale.ROOT, "%04d", best);
        try (Stream<Path> folders = Files.list(trials)) {
            for (Path folder : folders.sorted().toList()) {
                Path own = folder.resolve(TrialRun.KEPT);
                if (!Files.isDirectory(own)) {
                    continue;
                }
                if (String.valueOf(folder.getFileName()).matches(name + "(\\.\\d+)?")) {
                    kept = own;
                } else {
                    delete(own);
                }
            }
        }
        return kept;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Reads every document in which a bound or a choice stands, so that no trial fails for a value. */
    private TrainingConfiguration check(SearchSettings settings, JsonNode tree) {
        Set<String> problems = new LinkedHashSet<>();
        TrainingConfiguration read = null;
        for (ObjectNode probe : settings.space().probes(tree)) {
            try {
                read = ConfigurationReader.read(document, Json.yaml(probe), probe, given, seed);
                if (!read.split().watches() && read.fitting().folds() == 0) {
                    problems.add("split.validation: missing: a search compares trials by the validation part");
                }
            } catch (InvalidConfiguration e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty() || read == null) {
            throw new InvalidConfiguration(document.toString(), List.copyOf(problems));
        }
        return read;
    }

    /** Holds the rows to what the document says of them once, so that no trial is spent on rows that none can use. */
    private void validate(TrainingConfiguration configuration) throws IOException {
        try (Progress progress = Progress.of(false, words);
                var training = new Training(configuration, progress)) {
            training.preparation().validated().requireSound("");
        }
    }

    /** The process of one trial. */
    private ProcessBuilder process(Trial trial) {
        List<String> arguments = new ArrayList<>(
                List.of(document.toString(), "--trial", trial.folder().toString()));
        Path data = given.data();
        if (data != null) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        Path served = given.served();
        if (served != null) {
            arguments.addAll(List.of("--served", served.toString()));
        }
        if (seed != null) {
            arguments.addAll(List.of("--seed", seed.toString()));
        }
        return ThisProgram.again(Train.class, arguments);
    }

    private SearchListener listener() {
        return new SearchListener() {
            @Override
            public void tell(String told) {
                words.println(told);
                words.flush();
            }

            @Override
            public void ended(int number, String how, OptionalDouble best, int ended, int trials) {
                tell(String.format(
                        Locale.ROOT,
                        "trial %d of %d: %s%s",
                        ended,
                        trials,
                        how,
                        best.isPresent() ? String.format(Locale.ROOT, "; best so far %.5f", best.getAsDouble()) : ""));
            }
        };
    }
}
