package dev.ringside.router.route;

import dev.ringside.assignment.Assigner;
import dev.ringside.assignment.Assignment;
import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.InstallKey;
import dev.ringside.contract.id.UnitHasher;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.contract.routing.ContentLog;
import dev.ringside.contract.routing.SlotRoutes;
import dev.ringside.router.cache.CachedVersion;
import dev.ringside.router.feature.SlotFeatures;
import dev.ringside.router.limit.SlotLimit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A slot's part of the routing table, ready to route. Immutable. */
final class SlotRouting {
    private final SlotRoutes slot;
    private final UnitHasher hasher;
    private final Assigner assigner;
    private final SegmentParameter segments;
    private final Map<String, TensorSpec> declared;
    private final List<String> outputs;
    private final Map<String, Set<String>> read;
    private final boolean experiments;
    private final @Nullable SlotFeatures features;
    private final @Nullable SlotLimit limit;
    private final Map<String, CachedVersion> cached;

    SlotRouting(SlotRoutes slot, InstallKey installation, UnitHasher hasher) {
        this.slot = slot;
        this.experiments = slot.rows().stream().anyMatch(row -> row.holdback() == null);
        this.features = SlotFeatures.of(slot);
        this.limit = SlotLimit.of(installation, slot);
        this.cached = cached(slot);
        this.hasher = hasher;
        this.assigner = new Assigner(slot);
        this.segments = new SegmentParameter(slot);
        this.declared = slot.signature().inputs().stream()
                .collect(Collectors.toUnmodifiableMap(TensorSpec::name, Function.identity()));
        this.outputs = slot.signature().outputs().stream().map(TensorSpec::name).toList();
        this.read = slot.versions().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        version -> Set.copyOf(version.getValue().inputs())));
    }

    private static Map<String, CachedVersion> cached(SlotRoutes slot) {
        var cached = new HashMap<String, CachedVersion>();
        slot.versions().forEach((name, file) -> {
            CachedVersion version = CachedVersion.of(slot, file);
            if (version != null) {
                cached.put(name, version);
            }
        });
        return Map.copyOf(cached);
    }

    String name() {
        return slot.name();
    }

    /** The versions that can be asked, in words. */
    String versionNames() {
        return slot.versions().isEmpty()
                ? "none yet"
                : slot.versions().keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /** What calls of a version are called. */
    String target(String version) {
        return "slot '" + name() + "' version '" + version + "'";
    }

    Duration deadline() {
        return slot.deadline();
    }

    /** What its events say of inputs and outputs. */
    ContentLog log() {
        return slot.log();
    }

    /** The inputs that callers do not send; null if they send all. */
    @Nullable
    SlotFeatures features() {
        return features;
    }

    /** How many requests it takes; null for any number. */
    @Nullable
    SlotLimit limit() {
        return limit;
    }

    /** A version whose answers are kept; null for one whose are not. */
    @Nullable
    CachedVersion cached(String version) {
        return cached.get(version);
    }

    /** The request parameter that names the segment. */
    String segmentAttribute() {
        return slot.segmentAttribute();
    }

    /** The segment that a request counts for. */
    SegmentParameter.Placement place(OwnParameters own, Map<String, Object> parameters) {
        return segments.of(own.segment(), parameters);
    }

    /** What is said of a request that names no unit, where units are compared; null where they are not. */
    @Nullable
    String withoutUnit(Map<String, Object> parameters) {
        if (!experiments) {
            return null;
        }
        String stranger = segments.stranger(parameters);
        return "no parameter 'unit': this request takes part in no experiment"
                + (stranger == null ? "" : "; '" + stranger + "' is no parameter that is known here");
    }

    /** The keyed hash of a unit. */
    long unitHash(String unit) {
        return hasher.hash(unit);
    }

    Assignment assign(String unit, String segment) {
        return assigner.assign(unit, segment);
    }

    /** The champion of a segment; null while there is none. */
    @Nullable
    String champion(String segment) {
        return slot.champion(segment);
    }

    /** The champion of a segment. */
    String requireChampion(String segment) {
        String champion = slot.champion(segment);
        if (champion == null) {
            throw new InferenceFailure(
                    InferenceFailure.Cause.UNAVAILABLE,
                    "slot '" + name() + "' has no champion in segment '" + segment
                            + "' yet: register a version and make it the champion");
        }
        return champion;
    }

    /**
     * Checks what can be checked alike for every arm: each input is declared, with its type and shape, and everything is
     * there that any of the versions reads. Otherwise a request could fail in one arm only, and the arms would no longer
     * be comparable.
     */
    void requireFits(InferenceRequest request, Collection<String> versions) {
        List<Tensor> inputs = request.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            requireDeclared(inputs.get(i));
            if (isPresent(inputs.subList(0, i), inputs.get(i).name())) {
                throw new InvalidInput("inputs." + inputs.get(i).name(), "given twice");
            }
        }
        for (String version : versions) {
            for (String needed : read.getOrDefault(version, Set.of())) {
                if (!isPresent(inputs, needed)) {
                    throw new InvalidInput("inputs." + needed, "missing");
                }
            }
        }
        for (String output : request.outputs()) {
            if (!outputs.contains(output)) {
                throw new InvalidInput(
                        "outputs." + output, "slot '" + name() + "' declares no such output; it has " + outputs);
            }
        }
    }

    private void requireDeclared(Tensor input) {
        TensorSpec spec = declared.get(input.name());
        if (spec == null) {
            throw new InvalidInput(
                    "inputs." + input.name(),
                    "slot '" + name() + "' declares no such input; it has "
                            + declared.keySet().stream().sorted().toList());
        }
        if (spec.datatype() != input.datatype()) {
            throw new InvalidInput(
                    "inputs." + input.name(), "expected datatype " + spec.datatype() + ", found " + input.datatype());
        }
        if (!spec.admits(input.shape())) {
            throw new InvalidInput(
                    "inputs." + input.name(), "expected shape " + spec.shape() + ", found " + input.shape());
        }
    }

    /** A request has a few inputs: looking through them costs less than a set of their names. */
    private static boolean isPresent(List<Tensor> inputs, String name) {
        for (Tensor input : inputs) {
            if (input.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The outputs that a routed request is answered with: those it names, else the slot's, whatever more a version has. */
    List<String> outputs(InferenceRequest request) {
        return request.outputs().isEmpty() ? outputs : request.outputs();
    }

    /** The inputs as a version gets them: without declared ones that it does not read. */
    List<Tensor> inputs(InferenceRequest request, String version) {
        Set<String> reads = read.get(version);
        return reads == null
                ? request.inputs()
                : request.inputs().stream()
                        .filter(input -> reads.contains(input.name()) || !declared.containsKey(input.name()))
                        .toList();
    }
}
