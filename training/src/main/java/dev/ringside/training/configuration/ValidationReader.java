package dev.ringside.training.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.training.features.Encoder.Represented;
import dev.ringside.training.validation.DriftLimits;
import dev.ringside.training.validation.DriftSettings;
import dev.ringside.training.validation.LeakSettings;
import dev.ringside.training.validation.Schema;
import dev.ringside.training.validation.ServingLog;
import dev.ringside.training.validation.ValidationSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what rows are held to before anything is fitted: {@code schema}, {@code known_after}, {@code leaks}, {@code drift}. */
final class ValidationReader {
    private ValidationReader() {}

    /** Parses a YAML file that a document names; null, with a note, where it cannot be read. */
    interface Files {
        @Nullable
        JsonNode yaml(Section section, String field);
    }

    /**
     * Reads the sections.
     *
     * @param files reads the schema's file
     * @param served the requests that {@code drift.log} asks for; null where nobody found them
     * @param label the column that is to be predicted, whose drift may have limits too
     */
    static ValidationSettings read(
            Section root,
            Files files,
            @Nullable Path served,
            List<Represented> features,
            String label,
            List<String> problems) {
        List<String> names =
                features.stream().map(feature -> feature.feature().name()).toList();
        knownAfter(root, names);
        Set<String> columns = new LinkedHashSet<>(names);
        LeakSettings leaks = leaks(root.section("leaks"), columns);
        columns.add(label);
        DriftSettings drift =
                root.has("drift") ? drift(root.section("drift"), columns, served, problems) : DriftSettings.MEASURE;
        return new ValidationSettings(schema(root, files, problems), leaks, drift);
    }

    private static void knownAfter(Section root, List<String> features) {
        reasons(root, "known_after", "the column's name and when it is known, such as {duration: the call}")
                .forEach((column, when) -> {
                    if (features.contains(column)) {
                        root.problem(
                                "features",
                                "'" + column + "' is known only after " + when
                                        + " (known_after), so no request can carry it: leave it out");
                    }
                });
    }

    private static @Nullable Schema schema(Section root, Files files, List<String> problems) {
        if (!root.has("schema")) {
            return null;
        }
        JsonNode node = root.node("schema");
        JsonNode tree = node.isObject() ? node : files.yaml(root, "schema");
        return tree == null ? null : SchemaReader.read(new Section("schema", tree, problems));
    }

    private static LeakSettings leaks(Section leaks, Set<String> features) {
        double auc = leaks.number("auc", LeakSettings.DEFAULT.auc(), 0.501, 1);
        double rSquared = leaks.number("r_squared", LeakSettings.DEFAULT.rSquared(), 0.001, 1);
        Double overlap = limit(leaks, "overlap", null, 1);
        SequencedMap<String, String> allowed =
                reasons(leaks, "allow", "a feature's name and why it may tell as much of the label");
        requireKnown(leaks, "allow", allowed.keySet(), features);
        leaks.rejectOthers();
        return new LeakSettings(auc, rSquared, overlap, allowed);
    }

    private static DriftSettings drift(
            Section drift, Set<String> columns, @Nullable Path served, List<String> problems) {
        DriftLimits limits = limits(drift, DriftLimits.DEFAULT);
        int bins = (int) drift.whole("bins", DriftSettings.BINS, 2, 1000);
        SequencedMap<String, DriftLimits> own = new LinkedHashMap<>();
        Section features = drift.section("features");
        for (String name : features.others().keySet()) {
            Section feature = features.section(name);
            own.put(name, limits(feature, limits));
            feature.rejectOthers();
        }
        requireKnown(drift, "features", own.keySet(), columns);
        SequencedMap<String, String> allowed = reasons(drift, "allow", "a column's name and why it may move");
        requireKnown(drift, "allow", allowed.keySet(), columns);
        ServingLog log = drift.has("log") ? ServedReader.read(drift.node("log"), served, problems) : null;
        drift.rejectOthers();
        return new DriftSettings(limits, bins, own, allowed, log);
    }

    private static DriftLimits limits(Section section, DriftLimits general) {
        return new DriftLimits(
                limit(section, "psi", general.psi(), Double.POSITIVE_INFINITY),
                limit(section, "ks", general.ks(), 1),
                limit(section, "js", general.jensenShannon(), 1),
                limit(section, "total_variation", general.totalVariation(), 1));
    }

    private static @Nullable Double limit(Section section, String field, @Nullable Double general, double most) {
        return section.has(field) ? (Double) section.number(field, 0, 0, most) : general;
    }

    private static SequencedMap<String, String> reasons(Section section, String field, String example) {
        SequencedMap<String, String> reasons = new LinkedHashMap<>();
        Section named = section.section(field);
        named.others().keySet().forEach(name -> reasons.put(name, named.text(name, example)));
        return reasons;
    }

    private static void requireKnown(Section section, String field, Set<String> named, Set<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                section.problem(field, "'" + name + "' is none of the columns that are looked at: " + known);
            }
        }
    }
}
