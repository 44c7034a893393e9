package dev.ringside.app.foreign;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.ModelFailure;
import java.time.Duration;
import java.util.List;

/** A connection to one server, to be used by any number of threads. */
interface ForeignServer extends AutoCloseable {
    /**
     * What a server says of a model.
     *
     * @param versions those that it can be asked for; empty if the server does not say
     * @param inputs what goes in
     * @param outputs what comes out
     */
    record Description(List<String> versions, List<TensorSpec> inputs, List<TensorSpec> outputs) {}

    /** Its address, for complaints. */
    String name();

    /**
     * Asks what the model is.
     *
     * @throws dev.ringside.engine.ModelUnreachable if it does not answer in time, or has no such model now
     * @throws ModelFailure if it answers what is of no use
     */
    Description describe(ForeignModel model, Duration patience) throws ModelFailure;

    /**
     * Asks the model.
     *
     * @param outputs names of outputs
     * @return outputs, in any order, maybe more than were asked for
     * @throws dev.ringside.engine.ModelUnreachable if it does not answer in time, has no room or no such model now
     * @throws ModelFailure if it refuses, or answers what is of no use
     */
    List<Tensor> infer(ForeignModel model, List<Tensor> inputs, List<String> outputs, Duration patience)
            throws ModelFailure;

    @Override
    void close();
}
