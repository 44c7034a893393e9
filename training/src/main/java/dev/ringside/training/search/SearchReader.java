package dev.ringside.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Spelling;
import dev.ringside.training.configuration.InvalidConfiguration;
import dev.ringside.training.configuration.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code search} of a training document and finds all its problems in one reading. */
public final class SearchReader {
    private static final int MOST_TRIALS = 100_000;

    private final JsonNode document;
    private final List<String> problems = new ArrayList<>();

    private SearchReader(JsonNode document) {
        this.document = document;
    }

    /** Whether a document has something to search. */
    public static boolean searches(JsonNode document) {
        return document.hasNonNull("search");
    }

    /**
     * Reads the section.
     *
     * @param name the document's name, for the complaint
     * @param document the whole document, as it was parsed
     * @throws InvalidConfiguration listing every problem
     */
    public static SearchSettings read(String name, JsonNode document) {
        var reader = new SearchReader(document);
        @Nullable SearchSettings settings = reader.read();
        if (settings == null || !reader.problems.isEmpty()) {
            throw new InvalidConfiguration(name, reader.problems);
        }
        return settings;
    }

    private @Nullable SearchSettings read() {
        var root = new Section("", document, problems);
        Section search = root.section("search");
        SearchSettings.Method method = choice(search, "method", SearchSettings.Method.TPE);
        Direction direction = choice(search, "direction", Direction.MAXIMISE);
        String metric = search.text("metric", "the metric's name, such as validation.auc");
        boolean grid = method == SearchSettings.Method.GRID;
        @Nullable SearchSpace space = space(search, grid);
        int trials = (int) search.whole("trials", grid ? MOST_TRIALS : 60, 1, MOST_TRIALS);
        if (space != null && grid) {
            trials = points(search, space, trials);
        }
        int startup = (int) search.whole("startup", 10, 1, MOST_TRIALS);
        int parallel = (int) search.whole("parallel", 1, 1, 1024);
        boolean reproducible = Flags.read(search, "reproducible", true);
        Duration deadline = duration(search, "deadline");
        Duration trialDeadline = duration(search, "trial_deadline");
        Duration grace = duration(search, "grace");
        long seed = search.whole("seed", root.whole("seed", 1, 0, Long.MAX_VALUE), 0, Long.MAX_VALUE);
        DocumentPath seedAt = seedAt(search);
        Pruner pruner = pruner(search.section("pruner"));
        search.rejectOthers();
        return space == null
                ? null
                : new SearchSettings(
                        method,
                        startup,
                        trials,
                        parallel,
                        reproducible,
                        deadline,
                        trialDeadline,
                        grace == null ? Duration.ofSeconds(10) : grace,
                        metric,
                        direction,
                        seed,
                        seedAt,
                        space,
                        pruner);
    }

    private @Nullable SearchSpace space(Section search, boolean grid) {
        List<Parameter> parameters = new ArrayList<>();
        int before = problems.size();
        var section = search.section("space");
        section.others()
                .forEach((path, node) -> new ParameterReader(
                                new Section(search.path("space") + "[" + path + "]", node, problems), problems)
                        .read(path, grid)
                        .ifPresent(parameters::add));
        if (parameters.isEmpty()) {
            if (problems.size() == before) {
                search.problem(
                        "space", "missing: expected paths such as {model.learning_rate: {low: 1e-4, high: 0.1}}");
            }
            return null;
        }
        try {
            var space = new SearchSpace(parameters);
            space.probes(document);
            return space;
        } catch (InvalidInput e) {
            search.problem("space[" + e.field() + "]", e.rule());
        } catch (IllegalArgumentException e) {
            search.problem("space", String.valueOf(e.getMessage()));
        }
        return null;
    }

    /** The places of a grid; more than there are trials is a mistake, as the last would be left out in silence. */
    private int points(Section search, SearchSpace space, int trials) {
        if (space.parameters().stream().anyMatch(parameter -> parameter.domain().grid().length == 0)) {
            return trials; // noted by the parameter's reader
        }
        int size = GridSampler.of(space, document, Math.min(trials, MOST_TRIALS) + 1)
                .size();
        if (size > trials) {
            search.problem(
                    "trials",
                    "the grid has more than " + trials + " places; expected fewer values"
                            + (trials < MOST_TRIALS ? " or more trials" : ""));
        }
        return size;
    }

    private @Nullable DocumentPath seedAt(Section search) {
        String text = search.optionalText("seed_at");
        if (text == null) {
            return null;
        }
        try {
            DocumentPath path = DocumentPath.parse(text);
            path.set(document.deepCopy(), document);
            return path;
        } catch (InvalidInput e) {
            search.problem("seed_at", e.rule() + ", found " + text);
            return null;
        }
    }

    private static Pruner pruner(Section section) {
        String kind = section.optionalText("kind");
        Pruner pruner = switch (kind == null ? "none" : kind.toLowerCase(Locale.ROOT)) {
            case "none" -> new Pruner.None();
            case "median" ->
                new MedianPruner(section.size("startup", 5), (int) section.whole("warm_up", 0, 0, Integer.MAX_VALUE));
            case "halving" -> HalvingPruner.halving(section.size("least", 1), most(section), factor(section));
            case "hyperband" -> HalvingPruner.hyperband(section.size("least", 1), most(section), factor(section));
            default -> null;
        };
        if (pruner == null) {
            section.problem("kind", "expected median, halving, hyperband or none, found " + kind);
            return new Pruner.None();
        }
        if (pruner instanceof HalvingPruner halving && halving.most() <= halving.least()) {
            section.problem("most", "expected more than least, " + halving.least() + ", found " + halving.most());
        }
        section.rejectOthers();
        return pruner;
    }

    private static int most(Section section) {
        if (!section.has("most")) {
            section.problem("most", "missing: expected the steps of a whole trial, such as its epochs");
            return Integer.MAX_VALUE;
        }
        return section.size("most", Integer.MAX_VALUE);
    }

    private static int factor(Section section) {
        return (int) section.whole("factor", 3, 2, 100);
    }

    private static <E extends Enum<E>> E choice(Section section, String field, E standIn) {
        String found = section.optionalText(field);
        if (found == null) {
            return standIn;
        }
        List<String> known = Arrays.stream(standIn.getDeclaringClass().getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(found.toLowerCase(Locale.ROOT))) {
            section.problem(
                    field,
                    "expected one of " + String.join(", ", known) + ", found " + found
                            + Spelling.nearest(found, known)
                                    .map(meant -> "; did you mean " + meant + "?")
                                    .orElse(""));
            return standIn;
        }
        return Enum.valueOf(standIn.getDeclaringClass(), found.toUpperCase(Locale.ROOT));
    }

    private static @Nullable Duration duration(Section section, String field) {
        String text = section.optionalText(field);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = DurationText.parse(text);
            if (duration.isZero()) {
                section.problem(field, "expected more than no time, found " + text);
            }
            return duration;
        } catch (InvalidInput e) {
            section.problem(field, e.rule());
            return null;
        }
    }
}
