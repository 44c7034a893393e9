package dev.ringside.app.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Our server beside another one that serves the same file, each alone in its turn, with the same requests: how many ours
 * answers in a second where the slowest hundredth takes no longer than it does there.
 */
final class BesideAPeer implements ServedBench.Sides {
    /** Among so many clients ours has its best. */
    private static final List<Integer> CLIENTS = List.of(1, 2, 4, 8, 16, 32, 64);

    private final URI address;
    private final HttpLoad peer;
    private final HttpLoad ours;
    private final int clients;
    private final Duration each;

    /**
     * @param peer where the other one is
     * @param clients that ask the other one
     * @param each how long they ask, and each number of clients ours
     */
    BesideAPeer(URI peer, URI ours, Questions questions, int clients, Duration each) throws IOException {
        this.address = peer;
        this.peer = questions.json(peer, 0);
        this.ours = questions.json(ours, 0);
        this.clients = clients;
        this.each = each;
        answers(questions);
    }

    private void answers(Questions questions) throws IOException {
        String file = questions.model() + "/1/model.onnx";
        int bytes;
        try {
            bytes = peer.answerBytes();
        } catch (IOException e) {
            throw new IOException(
                    "--peer " + address + ": expected a server that serves " + file + " of --write-networks, found "
                            + e,
                    e);
        }
        if (bytes < 0) {
            throw new IOException("--peer " + address + " does not answer POST " + questions.path() + " with 200: it is"
                    + " to serve " + file + " of --write-networks");
        }
    }

    @Override
    public double round(boolean reversed, Map<String, List<Double>> raw) throws IOException, InterruptedException {
        Outcome there = whole(peer.send(clients, each), "the peer");
        double limit = there.millis(0.99);
        double best = 0;
        double millis = 0;
        int at = 0;
        for (int some : CLIENTS) {
            Outcome here = whole(ours.send(some, each), "our server");
            if (here.millis(0.99) <= limit && here.perSecond() > best) {
                best = here.perSecond();
                millis = here.millis(0.99);
                at = some;
            }
        }
        ServedBench.note(raw, "requests_per_second", best);
        ServedBench.note(raw, "p99_ms", millis);
        ServedBench.note(raw, "clients", at);
        ServedBench.note(raw, "requests_per_second_of_the_peer", there.perSecond());
        ServedBench.note(raw, "p99_ms_of_the_peer", limit);
        return best / there.perSecond();
    }

    private static Outcome whole(Outcome outcome, String whose) throws IOException {
        if (outcome.failed() > 0 || outcome.answered() == 0) {
            throw new IOException(outcome.failed() + " of " + (outcome.answered() + outcome.failed()) + " requests to "
                    + whose + " failed");
        }
        return outcome;
    }
}
