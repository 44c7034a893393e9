package dev.ringside.experiments.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.DurationText;
import dev.ringside.contract.kpi.KpiDefinition;
import dev.ringside.contract.kpi.Names;
import dev.ringside.experiments.document.Fields;
import dev.ringside.experiments.experiment.ExperimentDocument.Arm;
import dev.ringside.experiments.experiment.ExperimentDocument.HarmAction;
import dev.ringside.experiments.experiment.ExperimentDocument.HarmElsewhere;
import dev.ringside.experiments.experiment.ExperimentDocument.NextWave;
import dev.ringside.experiments.experiment.ExperimentDocument.Scope;
import dev.ringside.experiments.slot.SlotDocument;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code experiment.yaml}: fills in defaults and finds every problem. */
final class DocumentReader {
    private static final Duration DEFAULT_MAX_DURATION = Duration.ofDays(42);
    private static final int HEAVIEST = 10_000;

    private final String name;
    private final Fields fields;
    private final @Nullable ExperimentDocument started;
    private final @Nullable KnownSlots slots;

    /** The slots that there are. */
    interface KnownSlots {
        @Nullable
        SlotDocument find(String name);

        List<String> names();
    }

    /**
     * @param started as it was when it started, whose plan stands where the document says nothing; null for a draft
     * @param slots what the document is held against; null for itself alone
     */
    DocumentReader(String name, JsonNode document, @Nullable ExperimentDocument started, @Nullable KnownSlots slots) {
        this.name = Names.check("name", name);
        this.fields = Fields.of(document);
        this.started = started;
        this.slots = slots;
    }

    ExperimentDocument read(Supplier<String> salts) {
        String written = fields.text("name");
        fields.require(
                written == null || written.equals(name),
                "name",
                "expected \"" + name + "\" as in the URL, or nothing, found \"" + written + "\"");
        fields.require(
                !name.endsWith(Holdback.countedAs("")),
                "name",
                "\"" + name + "\" is how an experiment's holdback is counted; choose another ending than "
                        + Holdback.countedAs(""));
        String slot = fields.requiredText("slot", "the name of a slot");
        List<List<String>> waves = waves();
        checkSlot(slot, waves);
        List<Arm> arms = arms();
        Coverage coverage = fields.parsed("coverage", Coverage::parse);
        String salt = fields.parsed("salt", v -> Names.check("", v));
        List<KpiDefinition> kpis = kpis();
        Duration maxDuration = fields.duration("max_duration", DEFAULT_MAX_DURATION);
        checkDuration(kpis, maxDuration);
        Scope scope = fields.choice("scope", Scope.class, started == null ? Scope.WAVE : started.scope());
        NextWave nextWave = fields.choice(
                "next_wave",
                NextWave.class,
                started == null ? NextWave.ONE_PROMOTED_NONE_ROLLED_BACK : started.nextWave());
        HarmAction harmAction = fields.choice(
                "harm_action", HarmAction.class, started == null ? HarmAction.ROLL_BACK : started.harmAction());
        HarmElsewhere harmElsewhere = fields.choice(
                "harm_elsewhere", HarmElsewhere.class, started == null ? HarmElsewhere.PAUSE : started.harmElsewhere());
        Holdback.Plan holdback = holdback();
        String description = prose("description", 2000);
        String owner = prose("owner", 200);
        fields.finish();
        return new ExperimentDocument(
                name,
                slot,
                description,
                owner,
                waves,
                arms,
                coverage == null ? Coverage.ALL : coverage,
                salt == null ? salts.get() : salt,
                kpis,
                maxDuration,
                scope,
                nextWave,
                harmAction,
                harmElsewhere,
                holdback);
    }

    private void checkSlot(String name, List<List<String>> waves) {
        if (slots == null || name.isEmpty()) {
            return;
        }
        SlotDocument slot = slots.find(name);
        if (slot == null) {
            fields.problem("slot", "slot '" + name + "' does not exist; there are " + slots.names());
            return;
        }
        boolean one = fields.has("segments");
        for (int wave = 0; wave < waves.size(); wave++) {
            for (int i = 0; i < waves.get(wave).size(); i++) {
                String segment = waves.get(wave).get(i);
                String place = one ? "segments[" + i + "]" : "waves[" + wave + "][" + i + "]";
                fields.require(slot.hasSegment(segment), place, slot.noSegment(segment));
            }
        }
    }

    private @Nullable String prose(String field, int longest) {
        String text = fields.text(field);
        fields.require(
                text == null || text.length() <= longest,
                field,
                "expected at most " + longest + " characters, found " + (text == null ? 0 : text.length()));
        return text == null || text.isBlank() ? null : text.strip();
    }

    private Holdback.@Nullable Plan holdback() {
        if (fields.isText("holdback")) {
            String word = fields.text("holdback");
            fields.require(
                    "none".equals(word),
                    "holdback",
                    "expected none, or an object such as {share: 5%, duration: 28d}, found \"" + word + "\"");
            return null;
        }
        if (started != null && !fields.has("holdback")) {
            return started.holdback();
        }
        Holdback.Plan standard = Holdback.Plan.DEFAULT;
        Holdback.Plan written = fields.object("holdback", inner -> {
            Coverage share = inner.parsed("share", Coverage::parse);
            Duration duration = inner.duration("duration", standard.duration());
            try {
                return new Holdback.Plan(share == null ? standard.share() : share, duration);
            } catch (InvalidInput e) {
                inner.problem(e.field(), e.rule());
                return null;
            }
        });
        return written == null ? standard : written;
    }

    private List<List<String>> waves() {
        List<String> segments = fields.texts("segments");
        List<List<String>> waves = fields.textLists("waves");
        boolean either = fields.has("segments") != fields.has("waves");
        fields.require(
                either,
                "segments",
                "expected the segments of the experiment, either as segments: [a, b] or as waves: [[a], [b]]");
        List<List<String>> all = waves != null ? waves : segments != null ? List.of(segments) : List.of();
        fields.require(
                !either || (!all.isEmpty() && all.stream().noneMatch(List::isEmpty)),
                waves != null ? "waves" : "segments",
                "expected at least one segment" + (waves != null ? " in each wave" : ""));
        var seen = new HashSet<String>();
        all.stream()
                .flatMap(List::stream)
                .filter(s -> !seen.add(s))
                .forEach(twice ->
                        fields.problem(waves != null ? "waves" : "segments", "\"" + twice + "\" stands here twice"));
        return all;
    }

    private List<Arm> arms() {
        List<Arm> arms = fields.objects("arms", DocumentReader::arm);
        if (arms == null) {
            fields.require(
                    fields.has("arms"),
                    "arms",
                    "missing: expected [{variant: champion}, {variant: challenger, version: …}]");
            return List.of();
        }
        fields.require(
                arms.size() == 2,
                "arms",
                "expected two in this release, the champion and a challenger, found " + arms.size());
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            boolean control = arm.variant().equals(ExperimentDocument.CONTROL);
            fields.require(
                    control == (i == 0) || arm.variant().isEmpty(),
                    "arms[" + i + "].variant",
                    i == 0
                            ? "expected \"champion\": the control comes first, found \"" + arm.variant() + "\""
                            : "expected another name than \"champion\", which is the first arm");
            fields.require(
                    i == 0 || arm.version() != null,
                    "arms[" + i + "].version",
                    "missing: expected a version of the slot");
        }
        return arms;
    }

    private static @Nullable Arm arm(Fields fields) {
        String variant = fields.requiredText("variant", "champion or challenger");
        String version = fields.parsed("version", v -> Names.check("", v));
        int weight = fields.number("weight", 1);
        fields.require(weight >= 1 && weight <= HEAVIEST, "weight", "expected 1 to " + HEAVIEST + ", found " + weight);
        if (!variant.isEmpty()) {
            try {
                Names.check("", variant);
            } catch (InvalidInput e) {
                fields.problem("variant", e.rule());
            }
        }
        return new Arm(variant, version, weight);
    }

    private List<KpiDefinition> kpis() {
        List<KpiDefinition> kpis = fields.contracts("kpis", KpiDefinition.class, Set.of("kind", "role", "name"));
        if (kpis == null) {
            fields.require(fields.has("kpis"), "kpis", "missing: expected at least the primary KPI");
            return List.of();
        }
        long primaries = fields.count("kpis", "role", "primary");
        fields.require(primaries == 1, "kpis", "expected exactly one with role: primary, found " + primaries);
        var seen = new HashSet<String>();
        kpis.stream()
                .map(KpiDefinition::name)
                .filter(kpi -> !seen.add(kpi))
                .forEach(twice -> fields.problem("kpis", "\"" + twice + "\" stands here twice"));
        for (int i = 0; i < kpis.size(); i++) {
            checkShares("kpis[" + i + "]", kpis.get(i));
        }
        return kpis;
    }

    /** A share cannot change by more than all of it; a rule of documents, as older records are read with their values. */
    private void checkShares(String field, KpiDefinition kpi) {
        if (kpi.kind() != KpiDefinition.Kind.PROPORTION) {
            return;
        }
        Double effect = kpi.minimumEffect();
        fields.require(
                effect == null || effect < 1,
                field + ".minimum_effect",
                "expected a share below 1, such as 0.02 for two percentage points, found " + effect);
        Double margin = kpi.margin();
        fields.require(
                margin == null || margin < 1,
                field + ".margin",
                "expected a share below 1, such as 0.01 for one percentage point, found " + margin);
    }

    /** A verdict sums whole cohorts. */
    private void checkDuration(List<KpiDefinition> kpis, Duration maxDuration) {
        for (KpiDefinition kpi : kpis) {
            fields.require(
                    kpi.role() != KpiDefinition.Role.PRIMARY || maxDuration.compareTo(kpi.cohort()) >= 0,
                    "max_duration",
                    "expected at least " + DurationText.format(kpi.cohort()) + ", a cohort of the primary KPI, found "
                            + DurationText.format(maxDuration));
        }
    }
}
