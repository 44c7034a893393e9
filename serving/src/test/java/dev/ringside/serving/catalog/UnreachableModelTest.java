package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.engine.ModelUnreachable;
import dev.ringside.engine.OnnxFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is elsewhere, and does not always answer. */
class UnreachableModelTest {
    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();

    @Test
    void aModelThatCannotBeAskedWhenItIsOpenedIsTriedAgainUntilItCan() throws Exception {
        engine.onOpenFailure.set(new ModelUnreachable("http://triton:8000 does not answer"));
        try (var fixture = new CatalogFixture(folder, engine)) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));

            fixture.publishAndAwait("1");

            assertEquals(
                    List.of(
                            "1 Fetching",
                            "1 Verifying",
                            "1 Waiting",
                            "1 Fetching",
                            "1 Verifying",
                            "1 Warming",
                            "1 Serving"),
                    fixture.recorder.steps());
        }
    }

    @Test
    void aModelThatDoesNotAnswerWhileItIsWarmedIsTriedAgain() throws Exception {
        var failures = new AtomicInteger(1);
        engine.onRun = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new ModelUnreachable("http://triton:8000 does not answer");
            }
        };
        try (var fixture = new CatalogFixture(folder, engine)) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));

            fixture.publishAndAwait("1");

            assertEquals(1, fixture.recorder.count("1 Waiting"));
            assertEquals(0, fixture.recorder.count("1 Failed"));
            assertEquals(1, engine.open.get());
        }
    }

    @Test
    void aRequestThatItDoesNotAnswerIsToBeTriedAgain() throws Exception {
        try (var fixture = new CatalogFixture(folder, engine)) {
            fixture.registry.register("1", OnnxFiles.linear(2), Registry.signature("distance"));
            fixture.publishAndAwait("1");
            engine.onRun = () -> {
                throw new ModelUnreachable("http://triton:8000 does not answer");
            };

            InferenceFailure failure = assertThrows(InferenceFailure.class, () -> fixture.infer("1", 1));

            assertEquals(Cause.UNAVAILABLE, failure.why());
            assertTrue(failure.getMessage().endsWith("http://triton:8000 does not answer"), failure.getMessage());
        }
    }
}
