package dev.ringside.serving.repository;

import dev.ringside.serving.catalog.Catalog;
import dev.ringside.serving.catalog.FolderModel;
import dev.ringside.serving.catalog.ModelFile;
import dev.ringside.serving.catalog.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model that is to be served: the versions that were selected, and those that serve until all of these do. Owned by
 * whoever holds the repository's lock.
 */
final class HeldModel {

    private final String name;
    private final Catalog catalog;
    private final Map<String, ModelFile> wanted = new HashMap<>();
    private final Map<String, String> unusable = new HashMap<>();
    private List<String> selected = List.of();
    private ModelSettings settings = ModelSettings.DEFAULT;
    private List<String> mistakes = List.of();

    HeldModel(String name, Catalog catalog) {
        this.name = name;
        this.catalog = catalog;
    }

    String name() {
        return name;
    }

    ModelSettings settings() {
        return settings;
    }

    /** Why the model as a whole was not taken as it lies there. */
    List<String> mistakes() {
        return mistakes;
    }

    /** The versions that are to be served, the best first. */
    List<String> selected() {
        return selected;
    }

    /** The versions that the catalog was told of, those that cannot be loaded, too. */
    Collection<String> known() {
        var known = new TreeSet<>(wanted.keySet());
        known.addAll(unusable.keySet());
        return known;
    }

    /** Why a version could not be given to the catalog; null if it was. */
    @Nullable
    String unusable(String version) {
        return unusable.get(version);
    }

    /**
     * Takes the model as it lies there.
     *
     * @param versions that are to be served, the best first
     * @param again whether what has failed is to be tried again although it has not changed
     */
    void take(FoundModel found, List<String> versions, boolean again) {
        mistakes = found.mistakes();
        if (!mistakes.isEmpty()) {
            return;
        }
        settings = found.settings();
        selected = List.copyOf(versions);
        unusable.clear();
        for (String version : versions) {
            switch (found.version(version)) {
                case FoundModel.Usable usable -> wanted.put(version, file(version, usable, again));
                case FoundModel.Unusable(String reason) -> unusable.put(version, "failed to load: " + reason);
            }
        }
    }

    private ModelFile file(String version, FoundModel.Usable usable, boolean again) {
        ModelFile before = wanted.get(version);
        if (before == null || !before.digest().equals(usable.digest())) {
            return new ModelFile(usable.format().format(), usable.file(), usable.digest(), settings.batching(), 1);
        }
        boolean failed = catalog.standing(name, version, before) instanceof Standing.Failed;
        return again && failed
                ? new ModelFile(
                        usable.format().format(),
                        usable.file(),
                        usable.digest(),
                        settings.batching(),
                        before.attempt() + 1)
                : before;
    }

    /** Lets a version go. */
    void drop(String version) {
        wanted.remove(version);
        unusable.remove(version);
        selected = selected.stream().filter(other -> !other.equals(version)).toList();
    }

    /** Lets those versions go whose place others have taken; true if there were any. */
    boolean settle() {
        return selected.stream().allMatch(this::serves)
                && wanted.keySet().removeIf(version -> !selected.contains(version));
    }

    private boolean serves(String version) {
        ModelFile file = wanted.get(version);
        return !unusable.containsKey(version)
                && file != null
                && catalog.standing(name, version, file) instanceof Standing.Serves;
    }

    /**
     * Whether it is still on its way.
     *
     * @param one null for all versions that are to be served
     */
    boolean isUnderWay(@Nullable String one) {
        return versions(one).stream().anyMatch(version -> {
            ModelFile file = wanted.get(version);
            return !unusable.containsKey(version)
                    && file != null
                    && catalog.standing(name, version, file) instanceof Standing.UnderWay;
        });
    }

    /**
     * Why it does not serve as it lies there; empty if it does.
     *
     * @param one null for all versions that are to be served
     */
    Optional<String> failures(@Nullable String one) {
        if (!mistakes.isEmpty()) {
            return Optional.of(String.join("; ", mistakes));
        }
        var failures = new ArrayList<String>();
        for (String version : versions(one)) {
            String why = failure(version);
            if (why != null) {
                failures.add("version '" + version + "' " + why);
            }
        }
        return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
    }

    private List<String> versions(@Nullable String one) {
        return one == null ? selected : List.of(one);
    }

    private @Nullable String failure(String version) {
        String reason = unusable.get(version);
        if (reason != null) {
            return reason;
        }
        ModelFile file = wanted.get(version);
        if (file == null) {
            return "was unloaded meanwhile";
        }
        return catalog.standing(name, version, file) instanceof Standing.Failed(String why) ? why : null;
    }

    /** Why it, or a version of it, was not even given to the catalog. */
    List<String> complaints() {
        var complaints = new ArrayList<String>();
        mistakes.forEach(mistake -> complaints.add("failed to load: " + mistake));
        for (String version : selected) {
            String reason = unusable.get(version);
            if (reason != null) {
                complaints.add("version '" + version + "' " + reason);
            }
        }
        return complaints;
    }

    /** Whether nothing of it could be given to the catalog. */
    boolean isWithoutFiles() {
        return wanted.isEmpty();
    }

    /** What the catalog is told. */
    FolderModel folder() {
        var preferred = new ArrayList<>(selected);
        wanted.keySet().stream()
                .filter(version -> !selected.contains(version))
                .sorted(VersionPolicy.BEST_FIRST)
                .forEach(preferred::add);
        return new FolderModel(name, preferred, new LinkedHashMap<>(wanted));
    }
}
