package dev.ringside.serving.catalog;

import java.time.Duration;

/**
 * Where a version stands between being wanted and being gone. Only the steps that exist are methods; each gives the next
 * state. A version is dropped on any path by {@link Closed}; one that serves drains first.
 */
public sealed interface VersionState {
    /** The state in words, as a reason why the version does not answer. */
    String words();

    /**
     * Its manifest and file are being fetched.
     *
     * @param attempt counts from 1
     */
    record Fetching(int attempt) implements VersionState {
        @Override
        public String words() {
            return attempt == 1 ? "fetching its file" : "fetching its file, attempt " + attempt;
        }

        Verifying toVerifying() {
            return new Verifying(attempt);
        }

        /** It did not come; it is tried again. */
        Waiting toWaiting(String reason) {
            return new Waiting(attempt, reason);
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /**
     * Its file did not come, or the model is elsewhere and did not answer; the next attempt comes later.
     *
     * @param attempt how many have failed
     * @param reason why the last one did
     */
    record Waiting(int attempt, String reason) implements VersionState {
        @Override
        public String words() {
            return "failed " + (attempt == 1 ? "once" : attempt + " times") + ", to be tried again: " + reason;
        }

        Fetching toFetching() {
            return new Fetching(attempt + 1);
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /**
     * Its manifest, signature and golden rows are being checked, on a thread of its own.
     *
     * @param attempt counts from 1
     */
    record Verifying(int attempt) implements VersionState {
        @Override
        public String words() {
            return "being verified";
        }

        Warming toWarming() {
            return new Warming(attempt);
        }

        Failed toFailed(Throwable cause) {
            return new Failed(cause);
        }

        /** The model is elsewhere and did not answer; it is tried again. */
        Waiting toWaiting(String reason) {
            return new Waiting(attempt, reason);
        }

        Overdue toOverdue(Duration deadline) {
            return new Overdue(attempt, deadline);
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /**
     * It is right, and is run a few times so that the first request does not wait for what happens only once.
     *
     * @param attempt counts from 1
     */
    record Warming(int attempt) implements VersionState {
        @Override
        public String words() {
            return "being warmed";
        }

        Serving toServing() {
            return new Serving();
        }

        Failed toFailed(Throwable cause) {
            return new Failed(cause);
        }

        /** The model is elsewhere and did not answer; it is tried again. */
        Waiting toWaiting(String reason) {
            return new Waiting(attempt, reason);
        }

        Overdue toOverdue(Duration deadline) {
            return new Overdue(attempt, deadline);
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /**
     * It was not loaded in time. Nobody waits for it any more, but should it come nevertheless, it is taken.
     *
     * @param attempt counts from 1
     * @param deadline how long it had
     */
    record Overdue(int attempt, Duration deadline) implements VersionState {
        @Override
        public String words() {
            return "not loaded within " + deadline.toMillis() + " ms, and still being loaded";
        }

        Serving toServing() {
            return new Serving();
        }

        Failed toFailed(Throwable cause) {
            return new Failed(cause);
        }

        /** The model is elsewhere and did not answer; it is tried again. */
        Waiting toWaiting(String reason) {
            return new Waiting(attempt, reason);
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /** It answers. */
    record Serving() implements VersionState {
        @Override
        public String words() {
            return "serving";
        }

        Draining toDraining() {
            return new Draining();
        }
    }

    /** It takes no request any more and finishes those under way. */
    record Draining() implements VersionState {
        @Override
        public String words() {
            return "being closed";
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /**
     * Its file or manifest is wrong, or does not fit. Trying again would give the same.
     *
     * @param cause what is wrong, in its message
     */
    record Failed(Throwable cause) implements VersionState {
        @Override
        public String words() {
            return "failed to load: " + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }

        Closed toClosed() {
            return new Closed();
        }
    }

    /** It is gone, and so is the memory that it took. */
    record Closed() implements VersionState {
        @Override
        public String words() {
            return "closed";
        }
    }
}
