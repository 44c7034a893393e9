package dev.ringside.app.demo.client;

import java.io.Serial;

/** The platform answered the product service with something that it cannot go on with. */
public final class ReplayFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    ReplayFailure(String message) {
        super(message);
    }

    ReplayFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
