package dev.ringside.app.demo.client;

import dev.ringside.app.demo.flights.Flights;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceJson;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.TensorData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Questions about flights in the Open Inference Protocol, and their answers.
 *
 * @param flights the flights
 * @param segmentAttribute the parameter that names the region
 * @param output the output that is the probability of a late arrival
 * @param elsewhere what is known of a flight without being sent
 */
public record Questions(Flights flights, String segmentAttribute, String output, KnownElsewhere elsewhere) {
    /** The id of the question for a flight. */
    public String requestId(int flight) {
        return "ask-" + flights.unit(flight);
    }

    /** The question for a flight about to leave: who it is, where, when, what is known. */
    byte[] about(int flight) {
        return InferenceJson.writeRequest(new InferenceRequest(
                requestId(flight),
                Map.of(
                        "unit",
                        flights.unit(flight),
                        segmentAttribute,
                        flights.origin(flight),
                        "time",
                        flights.departed(flight).toString()),
                flights.inputs(flight, flight + 1, elsewhere.inputs()),
                List.of(output)));
    }

    /** A question for several flights at once that takes part in nothing, with all that is known of them. */
    byte[] about(int from, int to) {
        return InferenceJson.writeRequest(
                new InferenceRequest(null, Map.of(), flights.inputs(from, to), List.of(output)));
    }

    /** Reads an answer. */
    InferenceResponse read(byte[] body, int rows) throws ReplayFailure {
        InferenceResponse response;
        try {
            response = InferenceJson.readResponse(body);
        } catch (InferenceFailure e) {
            throw new ReplayFailure("a prediction's answer is not understood: " + e.getMessage(), e);
        }
        if (probabilities(response).length != rows) {
            throw new ReplayFailure(
                    "expected " + rows + " values of '" + output + "', found " + probabilities(response).length);
        }
        return response;
    }

    float[] probabilities(InferenceResponse response) throws ReplayFailure {
        for (var tensor : response.outputs()) {
            if (tensor.name().equals(output) && tensor.data() instanceof TensorData.Fp32(float[] values)) {
                return values;
            }
        }
        throw new ReplayFailure("expected an output '" + output + "' of FP32, found " + response.outputs());
    }

    static @Nullable String text(InferenceResponse response, String parameter) {
        return response.parameters().get(parameter) instanceof String text ? text : null;
    }
}
