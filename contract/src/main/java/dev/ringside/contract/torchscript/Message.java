package dev.ringside.contract.torchscript;

import java.util.List;

/**
 * What is said over a connection, each once asked and once answered: first {@link Open}, then any number of {@link Run},
 * each answered by {@link Done} or {@link Failed}.
 */
public sealed interface Message {
    /**
     * This connection is for that model. It is open for as long as a connection to it is.
     *
     * @param model a number of its own: two files, or one that was opened twice, never have the same
     * @param file where the file is
     * @param signature what the file says of itself
     */
    record Open(long model, String file, SignatureDocument signature) implements Message {}

    /**
     * Run it once.
     *
     * @param inputs every input of the signature, in its order
     */
    record Run(List<RawTensor> inputs) implements Message {}

    /**
     * It is done.
     *
     * @param outputs every output of the signature, in its order; none of {@link Open}
     */
    record Done(List<RawTensor> outputs) implements Message {}

    /**
     * It could not be done.
     *
     * @param reason why, for people
     */
    record Failed(String reason) implements Message {}
}
