package dev.ringside.serving.catalog;

import dev.ringside.contract.inference.Call;
import dev.ringside.contract.inference.CallTrace;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.ModelManifest;
import dev.ringside.contract.model.ModelMetadata;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.ModelUnreachable;
import dev.ringside.serving.batching.BatchRequest;
import dev.ringside.serving.batching.BatchSettings;
import dev.ringside.serving.batching.Ticket;
import dev.ringside.serving.verification.Inputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A version that answers, until its inFlight is closed. */
final class ServedVersion {
    private final Desired.Key key;
    private final ModelManifest manifest;
    private final SharedModel model;
    private final InFlight inFlight;
    private final Inputs inputs;
    private final List<String> promised;
    private final List<String> given;

    /**
     * @param slot what clients are promised
     * @param inFlight who is inside; closed by the catalog's thread when the version is to go
     */
    ServedVersion(Desired.Key key, Signature slot, ModelManifest manifest, SharedModel model, InFlight inFlight) {
        this.key = key;
        this.manifest = manifest;
        this.model = model;
        this.inFlight = inFlight;
        this.inputs = new Inputs(key.toString(), manifest.signature().inputs(), slot.inputs());
        this.promised = names(slot.outputs());
        this.given = names(manifest.signature().outputs());
    }

    /**
     * Answers a call before its deadline; nothing if the version is closing.
     *
     * @param meter counts the run
     * @throws InferenceFailure why it could not
     */
    Optional<InferenceResponse> infer(Call call, VersionMeter meter) {
        InferenceRequest request = call.request();
        List<Tensor> tensors = inputs.of(request.inputs());
        List<String> outputs = outputs(request.outputs());
        if (!inFlight.enter()) {
            return Optional.empty();
        }
        var response = new InferenceResponse(
                key.slot(), key.version(), request.id(), Map.of(), run(call, tensors, outputs, meter));
        try {
            InferenceJson.requireFinite(response);
        } catch (InferenceFailure failure) {
            throw ofInput(tensors, failure);
        }
        return Optional.of(response);
    }

    /** An answer that is not finite is the request's fault if one of the values is not that it was made from. */
    private static InferenceFailure ofInput(List<Tensor> inputs, InferenceFailure failure) {
        for (Tensor input : inputs) {
            int i = input.data().firstNotFinite();
            if (i >= 0) {
                return new InferenceFailure(
                        Cause.MALFORMED,
                        failure.getMessage() + "; input '" + input.name() + "' value " + i + " is "
                                + input.data().text(i) + ", send a finite one",
                        failure);
            }
        }
        return failure;
    }

    private List<Tensor> run(Call call, List<Tensor> tensors, List<String> outputs, VersionMeter meter) {
        CallTrace trace = call.trace();
        if (trace != null) {
            trace.named(key.slot(), key.version());
        }
        Ticket ticket = submit(
                new BatchRequest(tensors, outputs, call.deadline(), call.priority(), meter, inFlight::leave, trace));
        try {
            return ticket.get();
        } catch (InterruptedException e) {
            ticket.cancel(true);
            Thread.currentThread().interrupt();
            throw new InferenceFailure(Cause.DEADLINE, key + ": the caller did not wait for the answer", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** How many requests may wait for its file, now. */
    int mayWait() {
        return model.batcher().limit();
    }

    private Ticket submit(BatchRequest request) {
        try {
            return model.batcher().submit(request);
        } catch (InferenceFailure e) {
            inFlight.leave();
            throw failure(e);
        }
    }

    private InferenceFailure failure(Throwable cause) {
        return cause instanceof InferenceFailure known
                ? new InferenceFailure(known.why(), key + ": " + known.getMessage(), known)
                : new InferenceFailure(
                        cause instanceof ModelUnreachable ? Cause.UNAVAILABLE : Cause.FAILED,
                        key + " failed: " + cause.getMessage(),
                        cause);
    }

    /** What was asked for, or else what the slot promises, so that every version's answer has the same outputs. */
    private List<String> outputs(List<String> wanted) {
        if (wanted.isEmpty()) {
            return promised;
        }
        for (String output : wanted) {
            if (!given.contains(output)) {
                throw new InferenceFailure(
                        Cause.MALFORMED, key + ": output '" + output + "' is unknown, expected " + given);
            }
        }
        return wanted;
    }

    ModelMetadata metadata() {
        return ModelMetadata.of(
                key.slot(), List.of(key.version()), model.engine().platform(), manifest.signature());
    }

    /** How its requests wait and are joined, with 0 for the most rows where they are not. */
    BatchSettings batching() {
        BatchSettings is = model.batcher().settings();
        return new BatchSettings(
                model.batcher().joins() ? is.maxRows() : 0,
                is.maxDelay(),
                is.levels(),
                is.maxQueue(),
                is.adapts(),
                is.instances());
    }

    SharedModel model() {
        return model;
    }

    InFlight inFlight() {
        return inFlight;
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
