package dev.ringside.app.http;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.repository.IndexedVersion;
import dev.ringside.contract.repository.ModelConfiguration;
import dev.ringside.contract.repository.ModelStatistics;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.router.RouterRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models of a router whose model servers are other processes: what its table names. */
public final class RoutedRepository implements ModelRepository {
    private final RouterRole role;
    private final InferenceFrontEnd models;
    private final RoutedModels.ServerReadiness servers;

    /**
     * Makes the repository of a router.
     *
     * @param models the models as it knows them
     * @param servers the model servers behind it
     */
    public RoutedRepository(RouterRole role, InferenceFrontEnd models, RoutedModels.ServerReadiness servers) {
        this.role = role;
        this.models = models;
        this.servers = servers;
    }

    @Override
    public List<IndexedVersion> index(boolean ready) {
        RoutingTable table = role.tables().current();
        if (table == null) {
            return List.of();
        }
        var slots = new TreeMap<String, List<String>>();
        table.slots()
                .forEach(slot -> slots.put(
                        slot.name(), slot.versions().keySet().stream().sorted().toList()));
        return slots.entrySet().stream()
                .flatMap(slot -> slot.getValue().stream().map(version -> line(slot.getKey(), version)))
                .filter(version -> !ready || version.isReady())
                .toList();
    }

    private IndexedVersion line(String slot, String version) {
        return servers.ready(slot, version)
                ? new IndexedVersion(slot, version, IndexedVersion.State.READY, null)
                : new IndexedVersion(
                        slot, version, IndexedVersion.State.UNAVAILABLE, "the model server does not answer with it");
    }

    @Override
    public void load(String model, @Nullable String version) {
        throw ServedRepository.decidedElsewhere("load");
    }

    @Override
    public void unload(String model, @Nullable String version) {
        throw ServedRepository.decidedElsewhere("unload");
    }

    @Override
    public ModelConfiguration configuration(String model, @Nullable String version) {
        ModelMetadata metadata = models.metadata(model, version);
        return ServedRepository.configuration(metadata, Map.of("all", Map.of()), Optional.empty(), 1);
    }

    @Override
    public List<ModelStatistics> statistics(@Nullable String model, @Nullable String version) {
        throw new InferenceFailure(
                Cause.UNSUPPORTED,
                "this router runs no model: what its versions were asked is in its metrics (/metrics), and at the"
                        + " model server's /v2/models/stats");
    }
}
