package dev.ringside.serving.repository;

import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.IndexedVersion.State;
import dev.ringside.contract.routing.FleetReport.LoadedVersion;
import dev.ringside.serving.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The index of a folder's models.
 *
 * @param catalog what serves
 * @param held the models that are to be served
 * @param gone versions that were, with what became of them
 */
record Index(Catalog catalog, Map<String, HeldModel> held, Map<String, Map<String, String>> gone) {
    /** A line for each version that was ever wanted, and one for each other model that lies there. */
    List<IndexedVersion> lines(List<String> onDisk) {
        var reports = new TreeMap<String, LoadedVersion>();
        catalog.report().forEach(version -> reports.put(version.slot() + "/" + version.version(), version));
        var names = new TreeSet<>(onDisk);
        names.addAll(held.keySet());
        names.addAll(gone.keySet());
        var lines = new ArrayList<IndexedVersion>();
        for (String name : names) {
            HeldModel model = held.get(name);
            var versions = new TreeMap<String, IndexedVersion>(VersionPolicy.BEST_FIRST.reversed());
            gone.getOrDefault(name, Map.of())
                    .forEach((version, why) ->
                            versions.put(version, new IndexedVersion(name, version, State.UNAVAILABLE, why)));
            if (model != null) {
                model.known().forEach(version -> versions.put(version, line(model, version, reports)));
            }
            lines.addAll(versions.values());
            if (versions.isEmpty()) {
                lines.add(
                        model == null || model.mistakes().isEmpty()
                                ? new IndexedVersion(name, null, null, null)
                                : new IndexedVersion(
                                        name,
                                        "",
                                        State.UNAVAILABLE,
                                        "failed to load: " + String.join("; ", model.mistakes())));
            }
        }
        return lines;
    }

    private static IndexedVersion line(HeldModel model, String version, Map<String, LoadedVersion> reports) {
        LoadedVersion report = reports.get(model.name() + "/" + version);
        String unusable = model.unusable(version);
        String mistakes = model.mistakes().isEmpty()
                ? null
                : "the model as it lies there failed to load: " + String.join("; ", model.mistakes());
        if (report != null && report.ready()) {
            return new IndexedVersion(
                    model.name(),
                    version,
                    State.READY,
                    unusable != null ? unusable : report.reason() != null ? report.reason() : mistakes);
        }
        if (unusable != null) {
            return new IndexedVersion(model.name(), version, State.UNAVAILABLE, unusable);
        }
        return new IndexedVersion(
                model.name(),
                version,
                model.isUnderWay(version) ? State.LOADING : State.UNAVAILABLE,
                report == null ? null : report.reason());
    }
}
