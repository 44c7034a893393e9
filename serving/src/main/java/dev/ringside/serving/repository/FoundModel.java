package dev.ringside.serving.repository;

import dev.ringside.contract.model.FileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model as it lies in the folder.
 *
 * @param name the folder's name
 * @param settings what its {@code config.yaml} says
 * @param mistakes why nothing of it can be loaded; empty if that is not so
 * @param versions by name
 */
record FoundModel(String name, ModelSettings settings, List<String> mistakes, Map<String, Version> versions) {
    /** A version as it lies in the folder. */
    sealed interface Version {}

    /**
     * Its file is there.
     *
     * @param format of the file
     * @param file the file
     * @param digest changes with whatever the version is made of
     */
    record Usable(FileFormat format, Path file, String digest) implements Version {}

    /** It cannot be loaded. */
    record Unusable(String reason) implements Version {}

    /** A model of which nothing can be loaded. */
    static FoundModel broken(String name, String mistake) {
        return new FoundModel(name, ModelSettings.DEFAULT, List.of(mistake), Map.of());
    }

    /** A version of that name; one that is not there is not usable. */
    Version version(String version) {
        return versions.getOrDefault(
                version,
                new Unusable("there is no folder '" + version + "' of model '" + name + "'; there are "
                        + versions.keySet().stream()
                                .sorted(VersionPolicy.BEST_FIRST)
                                .toList()));
    }
}
