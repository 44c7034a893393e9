package dev.ringside.app.demo.client;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the platform answered, by flight. Safe for use by many threads. */
public final class Answers {
    private final float[] probabilities;
    private final @Nullable String[] experiments;
    private final @Nullable String[] variants;
    private final BitSet answered;
    private final BitSet defaulted;
    private final BitSet reported;

    /** @param flights how many flights there are */
    public Answers(int flights) {
        probabilities = new float[flights];
        experiments = new String[flights];
        variants = new String[flights];
        answered = new BitSet(flights);
        defaulted = new BitSet(flights);
        reported = new BitSet(flights);
    }

    synchronized void answer(
            int flight,
            float probability,
            @Nullable String experiment,
            @Nullable String variant,
            @Nullable String defaults) {
        probabilities[flight] = probability;
        // A handful of names for very many flights.
        experiments[flight] = experiment == null ? null : experiment.intern();
        variants[flight] = variant == null ? null : variant.intern();
        answered.set(flight);
        defaulted.set(flight, defaults != null);
        notifyAll();
    }

    /** Waits for the answer of a flight that was asked for. */
    synchronized float awaitProbability(int flight) throws InterruptedException {
        while (!answered.get(flight)) {
            wait();
        }
        return probabilities[flight];
    }

    synchronized void report(Iterable<Integer> flights) {
        flights.forEach(reported::set);
    }

    /** The probability that was answered. */
    public synchronized float probability(int flight) {
        return probabilities[flight];
    }

    /** The experiment that the flight was in; null if in none. */
    public synchronized @Nullable String experiment(int flight) {
        return experiments[flight];
    }

    /** The arm that the flight was in; null if in no experiment. */
    public synchronized @Nullable String variant(int flight) {
        return variants[flight];
    }

    /** The flights that were answered. */
    public synchronized BitSet answered() {
        return (BitSet) answered.clone();
    }

    /** How many flights were answered with a default in the place of what is kept elsewhere. */
    public synchronized int defaulted() {
        return defaulted.cardinality();
    }

    /** The flights whose outcomes were accepted. */
    public synchronized BitSet reported() {
        return (BitSet) reported.clone();
    }
}
