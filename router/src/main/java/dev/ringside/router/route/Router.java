package dev.ringside.router.route;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.cache.AnswerCache;
import dev.ringside.router.exposure.Exposures;
import dev.ringside.router.feature.Features;
import dev.ringside.router.feature.SlotFeatures;
import dev.ringside.router.limit.RequestLimits;
import dev.ringside.router.limit.SlotLimit;
import dev.ringside.router.protection.BreakGlass;
import dev.ringside.router.protection.CallLimit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The prediction API: one name for a slot, whichever version answers. Safe for many threads. */
public final class Router {
    private final RoutingTables tables;
    private final Exposures exposures;
    private final RecentAnswers recent;
    private final RequestLimits limits;
    private final Features features;
    private final Calls calls;
    private final UnitPredictions unitPredictions;
    private final Counters counters = new Counters();

    /**
     * What a router does with stores that it shares with others, each of which may be away.
     *
     * @param limits lets requests in
     * @param features adds the inputs that callers do not send
     * @param cache spares the model where it has answered before
     */
    public record FromStores(RequestLimits limits, Features features, AnswerCache cache) {}

    /**
     * Makes a router.
     *
     * @param ticker nanoseconds of a clock that only goes forward
     * @param random 64 random bits, from any thread
     */
    public Router(
            RoutingTables tables,
            Predictor predictor,
            CallLimit limit,
            BreakGlass breakGlass,
            Exposures exposures,
            RecentAnswers recent,
            FromStores stores,
            LongSupplier ticker,
            LongSupplier random) {
        this.tables = tables;
        this.exposures = exposures;
        this.recent = recent;
        this.limits = stores.limits;
        this.features = stores.features;
        this.calls = new Calls(predictor, limit, stores.cache, ticker);
        var chooser = new Chooser(breakGlass, exposures, counters);
        this.unitPredictions = new UnitPredictions(chooser, calls, exposures, counters, random);
    }

    /** Counts since the start. */
    public Counters counters() {
        return counters;
    }

    /**
     * Lets a request in, before it is read. A slot that is not there refuses its requests itself.
     *
     * @param caller the name of the API key that it came with; null for none
     * @throws InferenceFailure {@code LIMITED} if the slot takes no more for now
     */
    public void admit(String slotName, @Nullable String caller) {
        SlotLimit limit = tables.limit(slotName);
        if (limit != null) {
            limits.admit(limit, caller);
        }
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
        SegmentParameter.Placement placement = slot.place(own, request.parameters());
        SegmentParameter.Mistake mistake = placement.mistake();
        if (mistake != null) {
            counters.addMistake(mistake.kind());
        }
        String warning = mistake == null ? null : mistake.words();
        String unit = own.unit();
        try {
            return unit == null
                    ? withoutUnit(
                            slot, placement.segment(), both(slot.withoutUnit(request.parameters()), warning), stripped)
                    : forUnit(
                            new UnitPredictions.Asked(slot, placement.segment(), warning, unit, own, stripped, null),
                            request);
        } catch (InferenceFailure failure) {
            if (failure.why().status() >= 500) {
                counters.failed.increment();
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
        Features.Completed whole = complete(slot, request.parameters(), stripped);
        Calls.Answer answer;
        try {
            answer = calls.call(slot, version, whole.request());
        } catch (InferenceFailure failure) {
            throw failure.why() == InferenceFailure.Cause.UNKNOWN_MODEL
                    ? new InferenceFailure(
                            failure.why(), failure.getMessage() + "; it has " + slot.versionNames(), failure)
                    : failure;
        }
        var parameters = new HashMap<String, Object>();
        ClientResponse.putDefaulted(parameters, whole.defaulted());
        return ClientResponse.of(slot, request, answer, parameters);
    }

    /** A request to one version, with what the slot's callers do not send. */
    private Features.Completed complete(SlotRouting slot, Map<String, Object> parameters, InferenceRequest stripped) {
        if (slot.features() == null) {
            return new Features.Completed(stripped, null);
        }
        OwnParameters own = OwnParameters.of(parameters, slot.segmentAttribute());
        return complete(slot, own.unit(), slot.place(own, parameters).segment(), stripped);
    }

    private Features.Completed complete(
            SlotRouting slot, @Nullable String unit, String segment, InferenceRequest stripped) {
        SlotFeatures declared = slot.features();
        return declared == null
                ? new Features.Completed(stripped, null)
                : features.complete(declared, unit, segment, stripped);
    }

    private static @Nullable String both(@Nullable String one, @Nullable String other) {
        return one == null ? other : other == null ? one : one + ". " + other;
    }

    private InferenceResponse forUnit(UnitPredictions.Asked asked, InferenceRequest asItCame) {
        String requestId = asItCame.id();
        if (requestId == null) {
            return predict(asked);
        }
        OwnParameters.bounded("id", requestId);
        return recent.answer(
                RequestKey.of(asked.slot().name(), asked.unit(), requestId, asItCame),
                () -> predict(asked),
                counters.repeatedRequests::increment);
    }

    private InferenceResponse predict(UnitPredictions.Asked asked) {
        return unitPredictions.predict(
                asked.with(complete(asked.slot(), asked.unit(), asked.segment(), asked.request())));
    }

    private InferenceResponse withoutUnit(
            SlotRouting slot, String segment, @Nullable String warning, InferenceRequest request) {
        String champion = slot.requireChampion(segment);
        Features.Completed whole = complete(slot, null, segment, request);
        slot.requireFits(whole.request(), List.of(champion));
        Calls.Answer answer = calls.call(slot, champion, whole.request());
        counters.withoutUnit.increment();
        var parameters = new HashMap<String, Object>();
        parameters.put("segment", segment);
        parameters.put("model_version", champion);
        if (warning != null) {
            parameters.put(ClientResponse.WARNING, warning);
        }
        ClientResponse.putDefaulted(parameters, whole.defaulted());
        return ClientResponse.of(slot, request, answer, parameters);
    }
}
