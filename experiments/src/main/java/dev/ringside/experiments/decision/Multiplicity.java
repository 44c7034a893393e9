package dev.ringside.experiments.decision;

import static dev.ringside.contract.InvalidInput.require;

/**
 * How an experiment's α is shared out over all that it may claim. What is decided together has an α together; what is decided
 * by itself has its share; who tries again pays.
 *
 * <p>Of promotions: a wave that is begun whole, in its turn and for the first time has α = .025. As a wave has its turn only
 * when the one before was promoted, the first wave without an effect is the first at which the sequence can err, so all of
 * them together err with probability at most α (a fixed sequence of tests: Maurer, Hothorn and Lehmacher 1995). What is begun
 * apart waits for no such gate: m of R regions have α · m / R, so that all of them together add at most α (Bonferroni), and a
 * first attempt everywhere errs with probability at most α · (1 + the share of regions apart) below 2 α. The k-th attempt has
 * α / 2^(k − 1).
 *
 * @param scope what a promotion is decided about
 * @param regions how many are registered, started or not
 * @param apart how many regions a promotion is decided about that began apart from their wave; 0 for a whole wave, and where
 *     regions are decided one by one
 * @param attempt 1 for the first start of this pair of versions, 2 for the next
 */
public record Multiplicity(DecisionScope scope, int regions, int apart, int attempt) {
    private static final double ALPHA = 0.025;
    private static final double DISPLAY_ALPHA = 0.05;

    /** Checks the numbers. */
    public Multiplicity {
        require(regions >= 1, "regions", "expected 1 or more, found " + regions);
        require(apart >= 0 && apart <= regions, "apart", "expected 0 to " + regions + ", found " + apart);
        require(attempt >= 1, "attempt", "expected 1 or more, found " + attempt);
        require(apart == 0 || scope == DecisionScope.WAVE, "apart", "expected 0, as each region is decided by itself");
    }

    /** A first attempt at a whole wave of an experiment in so many regions. */
    public static Multiplicity wave(int regions) {
        return new Multiplicity(DecisionScope.WAVE, regions, 0, 1);
    }

    /** A first attempt at each of so many regions by itself. */
    public static Multiplicity each(int regions) {
        return new Multiplicity(DecisionScope.REGION, regions, 0, 1);
    }

    /** The same of so many regions that began apart from their wave. */
    public Multiplicity apart(int of) {
        return new Multiplicity(scope, regions, of, attempt);
    }

    /** The same of a later attempt. */
    public Multiplicity attempt(int number) {
        return new Multiplicity(scope, regions, apart, number);
    }

    /** Of a promotion, one-sided. */
    double promotionAlpha() {
        return switch (scope) {
            case WAVE -> apart == 0 ? alpha() : alpha() * apart / regions;
            case REGION -> alpha() / regions;
        };
    }

    /** Of each harm test of one region, one-sided, as one suffices. */
    double harmAlpha(int guardrails) {
        return alpha() / (regions * (1.0 + guardrails));
    }

    /** Of the two-sided sequences that are shown. */
    double displayAlpha() {
        return DISPLAY_ALPHA / regions;
    }

    private double alpha() {
        return StrictMath.scalb(ALPHA, 1 - attempt);
    }
}
