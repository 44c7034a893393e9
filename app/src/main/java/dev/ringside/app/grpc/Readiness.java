package dev.ringside.app.grpc;

import dev.ringside.app.http.InferenceFrontEnd;

/** Whether this process should be asked: not before its models answer, and not once it has begun to stop. */
final class Readiness {
    private final InferenceFrontEnd frontEnd;
    private volatile boolean leaving;

    Readiness(InferenceFrontEnd frontEnd) {
        this.frontEnd = frontEnd;
    }

    boolean isReady() {
        return !leaving && frontEnd.ready();
    }

    /** Is not ready from now on. */
    void leave() {
        leaving = true;
    }
}
