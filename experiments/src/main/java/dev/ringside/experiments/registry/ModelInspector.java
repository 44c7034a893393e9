package dev.ringside.experiments.registry;

import dev.ringside.contract.model.ModelInspection;
import java.io.IOException;
import java.nio.file.Path;

/** Says what a model file is: whoever can serve it opens it, and runs it once on zeros. */
@FunctionalInterface
public interface ModelInspector {
    /**
     * Inspects a file.
     *
     * @throws dev.ringside.contract.InvalidInput if it cannot be served, with the runtime's reason
     * @throws dev.ringside.experiments.Refusal if nobody can say so now
     */
    ModelInspection inspect(Path file) throws IOException;
}
