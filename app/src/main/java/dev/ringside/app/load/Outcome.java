package dev.ringside.app.load;

import java.util.Arrays;
import java.util.List;

/** What became of a load. */
final class Outcome {
    private final long[] nanos;
    private final long failed;
    private final double seconds;

    private Outcome(long[] nanos, long failed, double seconds) {
        this.nanos = nanos;
        this.failed = failed;
        this.seconds = seconds;
    }

    /** That of all clients, side by side. */
    static Outcome of(List<Client> clients, double seconds) {
        long[] nanos = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.nanos()))
                .sorted()
                .toArray();
        return new Outcome(
                nanos, clients.stream().mapToLong(client -> client.failures).sum(), seconds);
    }

    /** How many requests were answered as they should be. */
    long answered() {
        return nanos.length;
    }

    /** How many were not. */
    long failed() {
        return failed;
    }

    /** How many were answered as they should be in a second. */
    double perSecond() {
        return nanos.length / seconds;
    }

    /** What a share of them took at most, in milliseconds; 0 where none was answered. */
    double millis(double share) {
        return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
    }

    /** What one client has seen; each is one thread's. */
    static final class Client {
        private long[] nanos = new long[1024];
        private int answered;
        private long failures;

        void answered(long took) {
            if (answered == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * answered);
            }
            nanos[answered++] = took;
        }

        void failed() {
            failures++;
        }

        private long[] nanos() {
            return Arrays.copyOf(nanos, answered);
        }
    }
}
