package dev.ringside.app.client;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;

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

    /** The platform of the data folder that was named does not run; what was asked was not done. */
    public static final class NotRunning extends ControlFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        private NotRunning(Path folder, String why, String another) {
            super("the platform of " + folder + " does not run: " + why + "; start it with './ringside up --data-dir "
                    + folder + "', or ask " + another);
        }

        /** It says of no address that it is there. */
        public static NotRunning nowhere(Path folder) {
            return new NotRunning(folder, "the folder names no address (ports.json)", "another one with --url");
        }

        /** Another one has its address by now. */
        public static NotRunning butAnother(Path folder, URI address, String who) {
            return new NotRunning(folder, address + " is " + who, "the other with --url " + address);
        }
    }

    /** Nothing answered. */
    public static final class Unreachable extends ControlFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unreachable(URI address, Duration patience, IOException cause) {
            super(words(address, patience, cause), cause);
        }

        private static String words(URI address, Duration patience, IOException cause) {
            if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
                return address + " did not answer within " + patience.toSeconds() + " s";
            }
            boolean unknown = isUnresolved(cause);
            String what = unknown
                    ? "the host of " + address + " is not known"
                    : cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                            ? "nothing answers at " + address
                            : address + " broke off: " + cause.getMessage();
            return what + "; start a platform with './ringside up', or say where one is: --url, --data-dir or"
                    + " $RINGSIDE_URL";
        }

        private static boolean isUnresolved(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    return true;
                }
            }
            return false;
        }
    }
}
