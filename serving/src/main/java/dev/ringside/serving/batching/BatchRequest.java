package dev.ringside.serving.batching;

import dev.ringside.contract.inference.CallTrace;
import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param inputs every input of its file, with its type and a shape that it admits, all of as many rows where rows vary
 * @param outputs names of outputs of its file
 * @param deadline until when an answer is of use
 * @param priority 1 before 2 and so on, 0 for none, after all others
 * @param meter counts the request and its run; requests of one version have one
 * @param listener hears when it is over
 * @param trace follows it; null where nobody traces it
 */
public record BatchRequest(
        List<Tensor> inputs,
        List<String> outputs,
        Deadline deadline,
        int priority,
        RunMeter meter,
        RequestListener listener,
        @Nullable CallTrace trace) {
    long rows() {
        return inputs.getFirst().shape().getFirst();
    }
}
