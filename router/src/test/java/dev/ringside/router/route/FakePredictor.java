package dev.ringside.router.route;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Versions that answer with their own number, or as they are told. */
public final class FakePredictor implements Predictor {
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Asked> calls = new CopyOnWriteArrayList<>();

    /** What a version does instead of answering at once. */
    public interface Behaviour {
        void act() throws InterruptedException;
    }

    /** A call that came. */
    public record Asked(String slot, String version, InferenceRequest request) {}

    /** From now on the version acts before it answers. */
    public void let(String version, Behaviour behaviour) {
        behaviours.put(version, behaviour);
    }

    public List<Asked> calls() {
        return calls;
    }

    @Override
    public InferenceResponse predict(String slot, String version, Call call) {
        InferenceRequest request = call.request();
        calls.add(new Asked(slot, version, request));
        act(version, call);
        return new InferenceResponse(
                "the server's name for " + slot,
                version,
                request.id(),
                Map.of("device", "cpu", "segment", "not the server's business"),
                List.of(Tensor.column("minutes", Float.parseFloat(version))));
    }

    private void act(String version, Call call) {
        Behaviour behaviour = behaviours.get(version);
        if (behaviour == null) {
            return;
        }
        var acting = new FutureTask<>(() -> {
            behaviour.act();
            return true;
        });
        Thread thread = Thread.startVirtualThread(acting);
        try {
            acting.get(call.deadline().nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw Call.late("version '" + version + "'", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
