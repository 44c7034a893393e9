package dev.ringside.app.tracing;

/** The trace of a question to another server. */
public interface AskedTrace extends AutoCloseable {
    /** That of a request which nobody traces. */
    AskedTrace NONE = new AskedTrace() {
        @Override
        public <C> void join(C question, HeaderWriter<? super C> headers) {}

        @Override
        public void answered(int status) {}

        @Override
        public void answered() {}

        @Override
        public void close() {}
    };

    /** Gives the question the headers by which the other server joins the trace. */
    <C> void join(C question, HeaderWriter<? super C> headers);

    /** With which status of HTTP it was answered. One of which neither this nor the other is said was not. */
    void answered(int status);

    /** It was answered as it should be. */
    void answered();

    @Override
    void close();
}
