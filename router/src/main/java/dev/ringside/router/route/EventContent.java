package dev.ringside.router.route;

import dev.ringside.contract.event.Prediction;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.json.Json;
import dev.ringside.contract.routing.ContentLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction event says of inputs and outputs: what its slot logs, as long as it fits. What does not fit is left out
 * whole and counted: a part of the inputs would be taken for all of them.
 */
final class EventContent {
    /** The fewest characters that a value takes in JSON, with its comma. */
    private static final int SHORTEST_VALUE = 2;

    private final Counters counters;

    EventContent(Counters counters) {
        this.counters = counters;
    }

    /**
     * The event as JSON.
     *
     * @param bare the event without content
     * @param inputs as the client sent them
     * @param outputs as they are answered
     */
    byte[] write(Prediction bare, ContentLog log, List<Tensor> inputs, List<Tensor> outputs) {
        List<Tensor> asked = log.inputs().has(bare.predictionId()) ? inputs : null;
        List<Tensor> answered = log.outputs() ? outputs : null;
        if (asked == null && answered == null) {
            return Json.bytes(bare);
        }
        if (leastLength(asked) + leastLength(answered) <= Prediction.LONGEST) {
            byte[] event = Json.bytes(bare.with(asked, answered));
            if (event.length <= Prediction.LONGEST) {
                return event;
            }
        }
        counters.oversized.increment();
        return Json.bytes(bare);
    }

    /** What tensors take at least: those that cannot fit are not even written. */
    private static long leastLength(@Nullable List<Tensor> tensors) {
        long length = 0;
        if (tensors != null) {
            for (Tensor tensor : tensors) {
                length += (long) SHORTEST_VALUE * tensor.data().size();
            }
        }
        return length;
    }
}
