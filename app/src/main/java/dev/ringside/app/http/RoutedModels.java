package dev.ringside.app.http;

import dev.ringside.contract.feature.FeatureSource;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.RoutingTable;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.RouterRole;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The models as a router knows them: slots, whose requests it routes. */
public final class RoutedModels implements InferenceFrontEnd {
    private final RouterRole role;
    private final ServerReadiness servers;
    private final StartupGate startup;

    /** Whether the server behind the router can answer with a version. */
    @FunctionalInterface
    public interface ServerReadiness {
        /** Asks the server; false too if it does not know the version. */
        boolean ready(String slot, String version);
    }

    /**
     * Makes the front end of a router.
     *
     * @param servers the model servers behind it
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public RoutedModels(RouterRole role, ServerReadiness servers, LongSupplier ticker) {
        this.role = role;
        this.servers = servers;
        this.startup = new StartupGate(servers, ticker);
    }

    @Override
    public boolean ready() {
        RoutingTable table = role.tables().current();
        return role.isReady()
                && table != null
                && startup.waitsFor(table) == null
                && table.slots().stream().allMatch(slot -> slot.defaultChampion() == null || championReady(slot));
    }

    @Override
    public ModelMetadata metadata(String model, @Nullable String version) {
        SlotRoutes slot = slot(model);
        if (version == null) {
            return new ModelMetadata(
                    model,
                    List.copyOf(new TreeSet<>(slot.versions().keySet())),
                    ModelMetadata.ONNX,
                    sent(slot),
                    slot.signature().outputs(),
                    parameters(slot));
        }
        List<String> reads = versionOf(slot, version).inputs();
        List<TensorSpec> inputs = slot.signature().inputs().stream()
                .filter(input -> reads.contains(input.name()))
                .toList();
        return ModelMetadata.of(
                model,
                List.of(version),
                ModelMetadata.ONNX,
                new Signature(inputs, slot.signature().outputs()));
    }

    @Override
    public boolean ready(String model, @Nullable String version) {
        SlotRoutes slot = slot(model);
        if (version == null) {
            return role.isReady() && championReady(slot);
        }
        versionOf(slot, version);
        return servers.ready(model, version);
    }

    @Override
    public void admit(String model, @Nullable String caller) {
        role.router().admit(model, caller);
    }

    @Override
    public InferenceResponse infer(String model, @Nullable String version, InferenceRequest request) {
        if (version != null) {
            return role.router().predict(model, version, request);
        }
        RoutingTable table = role.tables().current();
        String waits = table == null ? null : startup.waitsFor(table);
        if (waits != null) {
            throw new InferenceFailure(Cause.UNAVAILABLE, "the router has just started and waits for " + waits);
        }
        return role.router().predict(model, request);
    }

    @Override
    public boolean mayBeLeft(@Nullable String version) {
        return version != null;
    }

    /** The inputs that callers send. */
    private static List<TensorSpec> sent(SlotRoutes slot) {
        FeatureSource features = slot.features();
        List<TensorSpec> inputs = slot.signature().inputs();
        return features == null
                ? inputs
                : inputs.stream()
                        .filter(input -> !features.fields().contains(input.name()))
                        .toList();
    }

    /** Texts: the protocol's parameters know no other that says what something means. */
    private static Map<String, String> parameters(SlotRoutes slot) {
        String segments = slot.segments().isEmpty()
                ? "the segment; this slot has none yet, so every request counts for " + SlotRoutes.OTHER
                : "the segment: one of " + String.join(", ", slot.segments()) + "; any other value, or none, is "
                        + SlotRoutes.OTHER;
        return Map.of(
                "unit",
                "who is randomised: a " + slot.unitType() + ", as a text; none takes part in nothing",
                slot.segmentAttribute(),
                segments,
                "action",
                "what the caller says it will do, as a text; optional",
                "action_propensity",
                "the probability with which it does, above 0 and at most 1; optional");
    }

    private boolean championReady(SlotRoutes slot) {
        String champion = slot.defaultChampion();
        return champion != null && servers.ready(slot.name(), champion);
    }

    private SlotRoutes slot(String model) {
        RoutingTable table = role.tables().current();
        if (table == null) {
            throw new InferenceFailure(
                    Cause.UNAVAILABLE, "there is no routing table yet: the control plane has published none");
        }
        return table.slot(model)
                .orElseThrow(() -> new InferenceFailure(
                        Cause.UNKNOWN_MODEL,
                        "Request for unknown model: '" + model + "' is not found; there are "
                                + table.slots().stream().map(SlotRoutes::name).toList()));
    }

    private static SlotRoutes.VersionRoute versionOf(SlotRoutes slot, String version) {
        SlotRoutes.VersionRoute route = slot.versions().get(version);
        if (route == null) {
            throw new InferenceFailure(
                    Cause.UNKNOWN_MODEL,
                    "Request for unknown model: '" + slot.name() + "' version '" + version
                            + "' is not found; there are "
                            + new TreeSet<>(slot.versions().keySet()));
        }
        return route;
    }
}
