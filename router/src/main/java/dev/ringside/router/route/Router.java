package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.exposure.Exposures;
import dev.ringside.router.protection.BreakGlass;
import dev.ringside.router.protection.DeadlineRunner;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The prediction API: one name for a slot, whichever version answers. Safe for many threads. */
public final class Router {
    private final RoutingTables tables;
    private final Exposures exposures;
    private final Repeats repeats;
    private final Calls calls;
    private final Exposing exposing;
    private final Counters counters = new Counters();

    /**
     * Makes a router.
     *
     * @param random 64 random bits, from any thread
     */
    public Router(
            RoutingTables tables,
            Predictor predictor,
            DeadlineRunner deadlines,
            BreakGlass breakGlass,
            Exposures exposures,
            Repeats repeats,
            LongSupplier random) {
        this.tables = tables;
        this.exposures = exposures;
        this.repeats = repeats;
        this.calls = new Calls(predictor, deadlines);
        var chooser = new Chooser(breakGlass, exposures, counters);
        this.exposing = new Exposing(chooser, calls, exposures, counters, random);
    }

    /** Counts since the start. */
    public Counters counters() {
        return counters;
    }

    /**
     * Answers a request to a slot: {@code POST /v2/models/{slot}/infer}. A unit's prediction is in the spool when this
     * returns. A request without unit gets the segment's champion and leaves no trace.
     *
     * @throws dev.ringside.contract.InvalidInput if the request breaks a rule
     * @throws InferenceFailure if there is no such slot, or neither the version chosen nor the champion answered
     */
    public InferenceResponse predict(String slotName, InferenceRequest request) {
        SlotRouting slot = tables.routes().slot(slotName);
        OwnParameters own = OwnParameters.of(request.parameters(), slot.segmentAttribute());
        exposures.requireTakes(own.time());
        InferenceRequest stripped = new InferenceRequest(
                request.id(),
                OwnParameters.strip(request.parameters(), slot.segmentAttribute()),
                request.inputs(),
                slot.outputs(request));
        String segment = slot.segment(own.segment());
        String unit = own.unit();
        try {
            return unit == null
                    ? withoutUnit(slot, segment, stripped)
                    : forUnit(new Exposing.Asked(slot, segment, unit, own, stripped));
        } catch (InferenceFailure failure) {
            if (failure.why().status() >= 500) {
                counters.add("failed");
            }
            throw failure;
        }
    }

    /**
     * Answers a request to one version: {@code POST /v2/models/{slot}/versions/{version}/infer}. It takes part in
     * nothing, and no other version answers in its place.
     *
     * @throws InferenceFailure if there is no such slot or version, or it did not answer
     */
    public InferenceResponse predict(String slotName, String version, InferenceRequest request) {
        SlotRouting slot = tables.routes().slot(slotName);
        InferenceRequest stripped = new InferenceRequest(
                request.id(),
                OwnParameters.strip(request.parameters(), slot.segmentAttribute()),
                request.inputs(),
                request.outputs());
        InferenceResponse response = calls.call(slot, version, stripped);
        return Answers.of(slot, request, new Calls.Answer(response, version, null), Map.of());
    }

    private InferenceResponse forUnit(Exposing.Asked asked) {
        String requestId = asked.request().id();
        if (requestId == null) {
            return exposing.predict(asked);
        }
        OwnParameters.bounded("id", requestId);
        return repeats.answer(
                new Repeats.Key(asked.slot().name(), asked.unit(), requestId),
                () -> exposing.predict(asked),
                () -> counters.add("repeated_requests"));
    }

    private InferenceResponse withoutUnit(SlotRouting slot, String segment, InferenceRequest request) {
        String champion = slot.requireChampion(segment);
        slot.requireFits(request, List.of(champion));
        InferenceResponse response = calls.call(slot, champion, request);
        counters.add("without_unit");
        return Answers.of(
                slot,
                request,
                new Calls.Answer(response, champion, null),
                Map.of("segment", segment, "model_version", champion));
    }
}
