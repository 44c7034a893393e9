package dev.ringside.engine;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.model.Signature;
import java.util.List;

/** An open model, to be run by any number of threads at once. It holds memory outside the heap until it is closed. */
public interface LoadedModel extends AutoCloseable {
    /** What the file itself says goes in and comes out. */
    Signature signature();

    /**
     * Runs the model once.
     *
     * @param inputs every input of the signature, with its type and a shape that it admits
     * @param outputs names of outputs of the signature
     * @return these outputs, in that order
     * @throws ModelUnreachable if the model is elsewhere and does not answer
     * @throws ModelFailure if the model fails on these inputs
     */
    List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws ModelFailure;

    /**
     * Makes a place where it runs; the caller closes it before the model.
     *
     * @param byRow whether every output is known to have a row for each row of the inputs, so that its size is known
     *     before the run
     */
    ModelInstance instance(boolean byRow);

    /** Frees it. No run may be under way: the memory would vanish under it. */
    @Override
    void close();
}
