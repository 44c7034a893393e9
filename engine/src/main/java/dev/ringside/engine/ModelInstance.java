package dev.ringside.engine;

import dev.ringside.contract.inference.Deadline;
import dev.ringside.contract.inference.Tensor;
import java.util.List;

/**
 * A place where an open model runs, one run at a time: it keeps the memory that inputs are laid in and outputs come from
 * for the next run. A run is {@link #feed}, {@link #run}, {@link #take}, in that order; any of them may fail, and the next
 * run begins with {@link #feed} again. Owned by one thread at a time. It holds memory outside the heap until it is closed,
 * which is before its model is.
 */
public interface ModelInstance extends AutoCloseable {
    /**
     * Lays requests' inputs one behind the other along the first axis, where the run reads them.
     *
     * @param requests of each every input of the signature, with its type and a shape that it admits; all in the same
     *     order and with the same dimensions after the first
     * @throws ModelFailure if there is no room for them
     */
    void feed(List<List<Tensor>> requests) throws ModelFailure;

    /**
     * Runs the model on what was fed.
     *
     * @param outputs names of outputs of the signature
     * @param latest nobody waits for the outputs after it, so that a run that can be given up may be
     * @throws ModelUnreachable if the model is elsewhere and does not answer
     * @throws ModelFailure if the model fails on these inputs
     */
    void run(List<String> outputs, Deadline latest) throws ModelFailure;

    /**
     * The outputs that were asked for, in that order, of each request in the order in which they were fed. One request
     * alone gets them as they are; of several, each gets as many rows as its inputs have.
     *
     * @throws ModelFailure naming the output that has not a row for each row of the inputs
     */
    List<List<Tensor>> take() throws ModelFailure;

    /** Frees its memory. No run may be under way. */
    @Override
    void close();
}
