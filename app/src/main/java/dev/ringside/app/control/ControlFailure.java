package dev.ringside.app.control;

import java.io.Serial;
import java.net.URI;

/** A request that the control plane did not carry out. */
public sealed class ControlFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private ControlFailure(String message) {
        super(message);
    }

    private ControlFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** It answered, and said no. */
    public static final class Refused extends ControlFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int status;

        public Refused(int status, String error) {
            super(error);
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** Nothing answered. */
    public static final class Unreachable extends ControlFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unreachable(URI address, Throwable cause) {
            super(
                    "nothing answers at " + address + " (" + reason(cause)
                            + "); start a platform with 'ringside up', or name another address with --url",
                    cause);
        }

        private static String reason(Throwable cause) {
            String message = cause.getMessage();
            return message == null ? cause.getClass().getSimpleName() : message;
        }
    }
}
