package dev.ringside.app.http;

import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.ModelConfiguration;
import dev.ringside.contract.repository.ModelStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models of this process beside being asked: which there are, how they are served, what they were asked, and, where no
 * control plane decides that, loading and unloading them. Every method throws an {@link
 * dev.ringside.contract.inference.InferenceFailure} with the protocol's cause where it cannot do what it is asked for.
 */
public interface ModelRepository {
    /**
     * The models and versions that there are, sorted.
     *
     * @param ready whether only those that answer are wanted
     */
    List<IndexedVersion> index(boolean ready);

    /**
     * Loads a model, or loads it anew where its files have changed; returns when it answers.
     *
     * @param version null for the versions that its policy says
     */
    void load(String model, @Nullable String version);

    /**
     * Unloads a model; it finishes its requests first. Returns at once.
     *
     * @param version null for all of it
     */
    void unload(String model, @Nullable String version);

    /**
     * How a model is served.
     *
     * @param version null for the one that answers where none is named
     */
    ModelConfiguration configuration(String model, @Nullable String version);

    /**
     * What versions were asked, sorted.
     *
     * @param model null for all models
     * @param version null for all versions of it
     */
    List<ModelStatistics> statistics(@Nullable String model, @Nullable String version);
}
