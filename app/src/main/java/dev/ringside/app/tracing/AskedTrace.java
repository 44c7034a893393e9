package dev.ringside.app.tracing;

import java.net.http.HttpRequest;

/** The trace of a question to another server. */
public interface AskedTrace extends AutoCloseable {
    /** That of a request which nobody traces. */
    AskedTrace NONE = new AskedTrace() {
        @Override
        public void join(HttpRequest.Builder question) {}

        @Override
        public void answered(int status) {}

        @Override
        public void close() {}
    };

    /** Gives the question the headers by which the other server joins the trace. */
    void join(HttpRequest.Builder question);

    /** With which status it was answered; without one it was not. */
    void answered(int status);

    @Override
    void close();
}
