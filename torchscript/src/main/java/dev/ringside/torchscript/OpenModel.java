package dev.ringside.torchscript;

import dev.ringside.contract.torchscript.RawTensor;
import java.util.List;

/** An open file, to be run by any number of threads at once. */
interface OpenModel extends AutoCloseable {
    /**
     * Runs it once.
     *
     * @param inputs every input of the signature, in its order
     * @return every output of the signature, in its order
     * @throws ModelRefused if it fails, or gives other outputs than its signature says
     */
    List<RawTensor> run(List<RawTensor> inputs) throws ModelRefused;

    /** Frees it. No run may be under way. */
    @Override
    void close();
}
