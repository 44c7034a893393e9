package dev.ringside.app.tracing;

import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import org.jspecify.annotations.Nullable;

/** The trace of a request that this process answers. */
public interface RequestTrace extends AutoCloseable {
    /** That of a request which nobody traces. */
    RequestTrace NONE = new RequestTrace() {
        @Override
        public Step step(String name) {
            return Step.NONE;
        }

        @Override
        public void asked(String model, @Nullable String version, InferenceRequest request) {}

        @Override
        public void answered(InferenceResponse response) {}

        @Override
        public void failed(RuntimeException failure) {}

        @Override
        public void close() {}
    };

    /** A step of the request, on its thread, until it is closed. */
    interface Step extends AutoCloseable {
        /** That of a request which nobody traces. */
        Step NONE = () -> {};

        @Override
        void close();
    }

    /** The step in which a request is read. */
    String READ = "deserialise";

    /** The step in which the answer is written. */
    String WRITE = "serialise";

    /** Begins a step. */
    Step step(String name);

    /** What is asked. */
    void asked(String model, @Nullable String version, InferenceRequest request);

    /** How it is answered. */
    void answered(InferenceResponse response);

    /** Why it is not. */
    void failed(RuntimeException failure);

    @Override
    void close();
}
