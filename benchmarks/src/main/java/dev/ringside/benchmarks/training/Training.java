package dev.ringside.benchmarks.training;

import java.util.List;

/**
 * What is done with a document of the bench.
 *
 * @param program which program is given it
 * @param document its path in the source tree
 * @param arguments options of the program
 */
public record Training(Program program, String document, List<String> arguments) {
    /** The programs. */
    public enum Program {
        /** {@code ringside train}. */
        TRAIN,
        /** The one that trains a network beside the same network written out against libtorch. */
        PACE,
        /** The one that trains a network in one process and in two. */
        PROCESSES,
        /** The one that fits models to groups of few rows, and others that begin with a fitted network. */
        GAIN
    }

    /** Copies the list. */
    public Training {
        arguments = List.copyOf(arguments);
    }

    /** A document is trained. */
    static Training of(String document, String... arguments) {
        return new Training(Program.TRAIN, document, List.of(arguments));
    }
}
