package dev.ringside.app.retraining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringside.app.plan.PlanLint;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.model.LoggedRows;
import dev.ringside.experiments.experiment.ExperimentDocument;
import dev.ringside.experiments.plan.Known;
import dev.ringside.experiments.plan.Lint;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Drafts the experiment for a version that was trained: by what its gate found, and the traffic of the regions that are
 * free. It is a draft for people to change and to apply, and a document that is accepted as it is.
 *
 * <p>The smallest effect to be found is the lower end of the gate's paired interval, or half of its estimate where that is
 * more: what the test rows leave little doubt of. Regions come in the order of their traffic, as many in the first wave as
 * are needed to have the planned information in {@value #WEEKS_WISHED} weeks, the rest in a second; the longest duration
 * is the first number of whole weeks in which the planned information comes.
 */
public final class Proposal {
    private static final int WEEKS_WISHED = 4;
    private static final int LEAST_WEEKS = 2;
    private static final double SHORT_OF_POWER = 0.05;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.FLOOR);

    private final Path training;
    private final int longestWeeks;

    /**
     * @param training the training's document
     * @param longestWeeks what the plan may last at most
     */
    public Proposal(Path training, int longestWeeks) {
        this.training = training;
        this.longestWeeks = longestWeeks;
    }

    /**
     * A draft.
     *
     * @param yaml the document, with how its figures came about as comments
     * @param lint what the plan can find
     */
    public record Draft(String yaml, Lint lint) {}

    /**
     * Checks, before anything is trained, that the document has what a proposal is made of.
     *
     * @throws dev.ringside.contract.InvalidInput if it has not
     */
    public void check() throws IOException {
        GateFindings.payOff(document());
    }

    private JsonNode document() throws IOException {
        return Json.readYaml(Files.readString(training), JsonNode.class);
    }

    /**
     * Drafts it.
     *
     * @param result what {@code train --json} wrote
     * @param unitsPerDay new units of a region in a day
     * @param regions those that are free; null where no control plane says, and then all that have traffic
     * @throws IOException if no experiment can be proposed, saying why
     */
    public Draft draft(JsonNode result, Map<String, Double> unitsPerDay, @Nullable Regions regions) throws IOException {
        JsonNode document = document();
        GateFindings found = GateFindings.read(training, document, result);
        if (!(found.gain() > 0)) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "nothing to propose: on the test rows %s is %+.4f [%+.4f, %+.4f] against the champion's, which is no"
                            + " gain that an experiment could find",
                    found.payOff(),
                    found.gain(),
                    found.low(),
                    found.high()));
        }
        List<String> candidates = candidates(found, unitsPerDay, regions);
        for (int first = 1; ; first++) {
            Draft draft = plan(document, result, found, unitsPerDay, candidates, first);
            boolean soon = outlook(draft.lint(), found).forecast().weeksNeeded() <= WEEKS_WISHED;
            if (soon || first == candidates.size()) {
                return draft;
            }
        }
    }

    private static List<String> candidates(
            GateFindings found, Map<String, Double> unitsPerDay, @Nullable Regions regions) throws IOException {
        List<String> candidates = unitsPerDay.entrySet().stream()
                .filter(region -> region.getValue() > 0)
                .map(Map.Entry::getKey)
                .filter(region -> regions == null
                        || found.champion().equals(regions.champions().get(region)))
                .sorted(Comparator.comparingDouble((String region) -> -Objects.requireNonNull(unitsPerDay.get(region)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (candidates.isEmpty()) {
            throw new IOException("nothing to propose: there is traffic in " + unitsPerDay.keySet()
                    + (regions == null
                            ? "; say --units-per-day SEGMENT=N"
                            : ", free are " + regions.champions() + ", and the gate compared with '" + found.champion()
                                    + "', which must be the champion where it is challenged"));
        }
        return candidates;
    }

    /** The plan with so many regions in its first wave, as long as it must be. */
    private Draft plan(
            JsonNode document,
            JsonNode result,
            GateFindings found,
            Map<String, Double> unitsPerDay,
            List<String> candidates,
            int first) {
        Map<String, Known> known = Map.of(found.payOff(), new Known(Double.NaN, found.variance(), null));
        for (int weeks = LEAST_WEEKS; ; weeks++) {
            ObjectNode experiment = experiment(document, result, found, candidates, first, weeks);
            ExperimentDocument read =
                    ExperimentDocument.read(experiment.path("name").asText(), experiment, () -> "salt");
            Lint lint = PlanLint.of(read, unitsPerDay, known);
            Lint.Outlook outlook = outlook(lint, found);
            boolean enough = weeks >= outlook.forecast().weeksNeeded()
                    && outlook.forecast().power() >= outlook.plannedPower() - SHORT_OF_POWER;
            if (enough || weeks >= longestWeeks) {
                return new Draft(comments(found, unitsPerDay, candidates, lint) + Json.yaml(experiment), lint);
            }
        }
    }

    private static Lint.Outlook outlook(Lint lint, GateFindings found) {
        return lint.outlooks().stream()
                .filter(outlook -> outlook.kpi().equals(found.payOff()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a plan with traffic and a variance has an outlook"));
    }

    private static ObjectNode experiment(
            JsonNode document, JsonNode result, GateFindings found, List<String> candidates, int first, int weeks) {
        ObjectNode experiment = Json.mapper().createObjectNode();
        String version = result.path("version").asText();
        experiment.put("name", version);
        experiment.put("slot", result.path("slot").asText());
        experiment.put(
                "description",
                "Proposed when " + version + " was trained; the gate compared it with " + found.champion() + ".");
        ArrayNode waves = experiment.putArray("waves");
        ArrayNode now = waves.addArray();
        candidates.subList(0, first).forEach(now::add);
        if (first < candidates.size()) {
            ArrayNode later = waves.addArray();
            candidates.subList(first, candidates.size()).forEach(later::add);
        }
        ArrayNode arms = experiment.putArray("arms");
        arms.addObject().put("variant", ExperimentDocument.CONTROL).put("weight", 1);
        arms.addObject().put("variant", "challenger").put("version", version).put("weight", 1);
        experiment.put("coverage", "100%");
        ArrayNode kpis = experiment.putArray("kpis");
        ObjectNode primary = kpis.addObject();
        primary.put("name", found.payOff())
                .put("kind", "mean")
                .put("combine", "sum")
                .put("missing", "zero")
                .put("direction", "up");
        window(primary, document);
        primary.put("role", "primary")
                .put("minimum_effect", effect(found))
                .put("power", 0.8)
                .put("winsor_cap", found.largest());
        experiment.put("max_duration", 7 * weeks + "d");
        return experiment;
    }

    /** As long as the rows waited for what became of them; a file says nothing of that. */
    private static void window(ObjectNode kpi, JsonNode document) {
        if (LoggedRows.isAskedFor(document.path("data"))) {
            LoggedRows log = LoggedRows.read(document.path("data"));
            kpi.put("window", DurationText.format(log.window())).put("grace", DurationText.format(log.grace()));
        }
    }

    private static double effect(GateFindings found) {
        return BigDecimal.valueOf(Math.max(found.low(), found.gain() / 2))
                .round(TWO_DIGITS)
                .doubleValue();
    }

    private static String comments(
            GateFindings found, Map<String, Double> unitsPerDay, List<String> candidates, Lint lint) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "On the test rows %s is %+.4f [%+.4f, %+.4f] a row better than with %s; a row's deviation is %.4f.",
                found.payOff(),
                found.gain(),
                found.low(),
                found.high(),
                found.champion(),
                StrictMath.sqrt(found.variance())));
        lines.add("Outcomes named '" + found.payOff()
                + "' must be reported for it to be measured; a unit without one counts 0.");
        for (String region : candidates) {
            lines.add(String.format(Locale.ROOT, "%s has %.1f new units a day.", region, unitsPerDay.get(region)));
        }
        for (Lint.Outlook outlook : lint.outlooks()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: an effect of %s is found in %.0f of 100, after %.1f weeks on average.",
                    outlook.where(),
                    BigDecimal.valueOf(outlook.effect()).toPlainString(),
                    100 * outlook.forecast().power(),
                    outlook.forecast().expectedWeeks()));
        }
        lint.warnings().forEach(warning -> lines.add("! " + warning));
        return lines.stream().map(line -> "# " + line + "\n").reduce("", String::concat);
    }
}
