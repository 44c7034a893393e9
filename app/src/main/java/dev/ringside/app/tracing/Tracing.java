package dev.ringside.app.tracing;

import dev.ringside.contract.inference.CallTrace;
import org.jspecify.annotations.Nullable;

/** Who traces the predictions of this process, or nobody. To be used by any number of threads. */
public interface Tracing extends AutoCloseable {
    /** Nobody. */
    Tracing OFF = new Tracing() {
        @Override
        public <C> RequestTrace begin(String operation, C request, HeaderReader<? super C> headers) {
            return RequestTrace.NONE;
        }

        @Override
        public @Nullable CallTrace call() {
            return null;
        }

        @Override
        public AskedTrace ask(String operation) {
            return AskedTrace.NONE;
        }
    };

    /**
     * Begins to trace a request on this thread, as the caller's headers say. The same thread closes it.
     *
     * @param operation such as {@code POST /v2/models/{model}/infer}
     */
    <C> RequestTrace begin(String operation, C request, HeaderReader<? super C> headers);

    /** What follows a call of a model for the request of this thread; null where it is not traced. */
    @Nullable
    CallTrace call();

    /** Begins to trace what the request of this thread asks another server. The same thread closes it. */
    AskedTrace ask(String operation);

    /** Sends what is not sent yet, and ends. */
    @Override
    default void close() {}
}
