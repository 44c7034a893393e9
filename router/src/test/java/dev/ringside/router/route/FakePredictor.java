package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Versions that answer with their own number, or as they are told. */
public final class FakePredictor implements Predictor {
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** What a version does instead of answering at once. */
    public interface Behaviour {
        void act() throws InterruptedException;
    }

    /** A call that came. */
    public record Call(String slot, String version, InferenceRequest request) {}

    /** From now on the version acts before it answers. */
    public void let(String version, Behaviour behaviour) {
        behaviours.put(version, behaviour);
    }

    public List<Call> calls() {
        return calls;
    }

    @Override
    public InferenceResponse predict(String slot, String version, InferenceRequest request) {
        calls.add(new Call(slot, version, request));
        try {
            behaviours.getOrDefault(version, () -> {}).act();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return new InferenceResponse(
                "the server's name for " + slot,
                version,
                request.id(),
                Map.of("device", "cpu", "segment", "not the server's business"),
                List.of(Tensor.column("minutes", Float.parseFloat(version))));
    }
}
