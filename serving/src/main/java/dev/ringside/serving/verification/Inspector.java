package dev.ringside.serving.verification;

import dev.ringside.contract.model.Digests;
import dev.ringside.contract.model.ModelInspection;
import dev.ringside.contract.model.Signature;
import dev.ringside.engine.Engine;
import dev.ringside.engine.LoadedModel;
import dev.ringside.engine.ModelFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says what a model file is before anybody registers it: opens it, reads its signature, runs it once on zeros, closes it.
 * Each runs on a thread of its own, a few at a time; one that does not come back is left there. To be used by any number
 * of threads.
 */
public final class Inspector {
    private static final int AT_ONCE = 2;
    private static final int HEAD = 64;

    private final List<Engine> engines;
    private final Duration deadline;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param engines open the files, each by the first of them that may read it
     * @param deadline how long one may take
     */
    public Inspector(List<Engine> engines, Duration deadline) {
        this.engines = List.copyOf(engines);
        this.deadline = deadline;
    }

    /**
     * Inspects a file.
     *
     * @throws ModelFailure if it cannot be opened or run, with the runtime's reason
     * @throws TimeoutException if others are inspected all that time, or it does not come back
     */
    public ModelInspection inspect(Path file) throws ModelFailure, IOException, InterruptedException, TimeoutException {
        if (!places.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(
                    AT_ONCE + " other files have been inspected for " + deadline.toSeconds() + " s, try again");
        }
        var inspection = new FutureTask<>(() -> {
            try {
                return inspected(file);
            } finally {
                places.release();
            }
        });
        Thread.ofPlatform().daemon().name("serving-inspection").start(inspection);
        try {
            return inspection.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var late =
                    new TimeoutException("the file was not opened and run once within " + deadline.toSeconds() + " s");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ModelFailure failure -> throw failure;
                case IOException failure -> throw failure;
                case null, default -> throw new ModelFailure("the file cannot be inspected: " + e.getCause(), e);
            }
        }
    }

    private ModelInspection inspected(Path file) throws ModelFailure, IOException {
        Engine engine = engine(file);
        try (LoadedModel model = engine.open(file)) {
            Signature signature = model.signature();
            new Zeros(model, signature.inputs(), signature.outputs()).run();
            return new ModelInspection(Digests.sha256(file), engine.format(), engine.platform(), signature);
        }
    }

    private Engine engine(Path file) throws ModelFailure, IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        return engines.stream()
                .filter(engine -> engine.mayRead(head))
                .findFirst()
                .orElseThrow(() -> new ModelFailure("the file is of no format that is served here: expected one of "
                        + engines.stream().map(Engine::format).toList()));
    }
}
