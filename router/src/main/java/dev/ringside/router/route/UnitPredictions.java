package dev.ringside.router.route;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.router.exposure.Exposures;
import dev.ringside.router.exposure.OpenEvent;
import dev.ringside.router.feature.Features;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Predictions for units: a version is chosen, answers, and the event is in the spool before the answer goes out. */
final class UnitPredictions {
    private final Chooser chooser;
    private final Calls calls;
    private final Exposures exposures;
    private final Counters counters;
    private final LongSupplier random;
    private final EventContent content;

    UnitPredictions(Chooser chooser, Calls calls, Exposures exposures, Counters counters, LongSupplier random) {
        this.chooser = chooser;
        this.calls = calls;
        this.exposures = exposures;
        this.counters = counters;
        this.random = random;
        this.content = new EventContent(counters);
    }

    /**
     * A request for a unit, its own parameters read and taken out of it.
     *
     * @param warning what may be wrong with it, to be said in the answer; null for nothing
     * @param request with all inputs, those that it did not send itself included
     * @param defaulted which of these have their default, and why; null if there is none
     */
    record Asked(
            SlotRouting slot,
            String segment,
            @Nullable String warning,
            String unit,
            OwnParameters own,
            InferenceRequest request,
            @Nullable Map<String, String> defaulted) {
        /** The same with the inputs that its caller did not send. */
        Asked with(Features.Completed completed) {
            return new Asked(slot, segment, warning, unit, own, completed.request(), completed.defaulted());
        }
    }

    InferenceResponse predict(Asked asked) {
        try (OpenEvent open = exposures.begin(asked.own.time())) {
            PredictionId id = PredictionId.of(open.time(), asked.slot.unitHash(asked.unit), random.getAsLong());
            Choice choice = chooser.choose(asked.slot, asked.unit, asked.segment);
            Calls.Answer answer = answer(asked, choice);
            if (!exposures.record(open, id, draft(asked, open, choice, answer))) {
                counters.notLogged.increment();
                if (choice.row() != null) {
                    choice = chooser.spoolFull(asked.slot, asked.segment);
                    answer = answer(asked, choice);
                }
            }
            counters.predictions.increment();
            count(asked, choice, answer.fallback());
            if (choice.row() != null) {
                counters.enrolled.increment();
            }
            return ClientResponse.of(asked.slot, asked.request, answer, parameters(asked, id, choice, answer));
        }
    }

    private Calls.Answer answer(Asked asked, Choice choice) {
        asked.slot.requireFits(asked.request, choice.versions());
        try {
            Calls.Answer answer = calls.answer(asked.slot, asked.segment, choice.version(), asked.request);
            counters.addFallback(asked.slot, asked.segment, choice, answer);
            return answer;
        } catch (InferenceFailure failure) {
            if (failure.why().status() >= 500) {
                counters.addAnswer(asked.slot, asked.segment, choice, Counters.Result.FAILED, choice.reason());
            }
            throw failure;
        }
    }

    private void count(Asked asked, Choice choice, Calls.@Nullable Fallback fallback) {
        counters.addAnswer(
                asked.slot,
                asked.segment,
                choice,
                fallback == null ? Counters.Result.SERVED : Counters.Result.FELL_BACK,
                fallback == null ? choice.reason() : fallback.reason());
    }

    private Exposures.Draft draft(Asked asked, OpenEvent open, Choice choice, Calls.Answer answer) {
        return (id, router, boot, sequence) -> content.write(
                new Prediction(
                                id,
                                asked.unit,
                                open.time(),
                                asked.slot.name(),
                                asked.segment,
                                choice.experiment(),
                                choice.epoch(),
                                choice.variant(),
                                choice.version(),
                                answer.version(),
                                choice.propensity(),
                                reason(choice, answer),
                                asked.request.id(),
                                asked.own.action(),
                                asked.own.actionPropensity(),
                                router,
                                boot,
                                sequence)
                        .withDefaulted(asked.defaulted)
                        .withCached(answer.cached()),
                asked.slot.log(),
                asked.request.inputs(),
                answer.response().outputs());
    }

    private static @Nullable String reason(Choice choice, Calls.Answer answer) {
        Calls.Fallback fallback = answer.fallback();
        return choice.reason() == null && fallback != null ? fallback.reason() : choice.reason();
    }

    private static Map<String, Object> parameters(Asked asked, PredictionId id, Choice choice, Calls.Answer answer) {
        var parameters = new HashMap<String, Object>();
        parameters.put("prediction_id", id.text());
        parameters.put("segment", asked.segment);
        parameters.put("model_version", answer.version());
        // A text: some gRPC clients have no parameter of type double.
        parameters.put("propensity", Double.toString(choice.propensity()));
        String experiment = choice.experiment();
        String variant = choice.variant();
        if (experiment != null && variant != null) {
            parameters.put("experiment", experiment);
            parameters.put("variant", variant);
        }
        if (asked.warning != null) {
            parameters.put(ClientResponse.WARNING, asked.warning);
        }
        ClientResponse.putDefaulted(parameters, asked.defaulted);
        return parameters;
    }
}
