package dev.ringside.benchmarks.data;

import java.util.SplittableRandom;

/** Exact binomial counts: unit by unit, or from one rare event to the next. */
public final class Binomial {
    private static final double RARE = 0.15;

    private Binomial() {}

    /** How many of so many units have an event. */
    public static long draw(SplittableRandom random, long units, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is " + probability + ", expected 0 to 1");
        }
        if (probability > 0.5) {
            return units - draw(random, units, 1 - probability);
        }
        if (probability == 0) {
            return 0;
        }
        return probability < RARE ? rare(random, units, probability) : each(random, units, probability);
    }

    private static long each(SplittableRandom random, long units, double probability) {
        long events = 0;
        for (long unit = 0; unit < units; unit++) {
            events += random.nextDouble() < probability ? 1 : 0;
        }
        return events;
    }

    /** The units up to an event are geometric: ⌊ln U / ln(1 − p)⌋ without one before it. */
    private static long rare(SplittableRandom random, long units, double probability) {
        double logNone = StrictMath.log1p(-probability);
        long events = 0;
        double at = 0;
        while (true) {
            at += StrictMath.floor(StrictMath.log(1 - random.nextDouble()) / logNone) + 1;
            if (at > units) {
                return events;
            }
            events++;
        }
    }
}
