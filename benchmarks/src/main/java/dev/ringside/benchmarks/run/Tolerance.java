package dev.ringside.benchmarks.run;

import java.util.Locale;

/**
 * How far a simulated share may lie from a promised one by chance. Over n independent runs a share that is truly p has the
 * standard error √(p (1 − p) / n); it lies more than 2.5 of them above p once in 160 times, more than 1 once in 6.
 */
public final class Tolerance {
    /** So many standard errors above α are still taken for chance. */
    static final double ALLOWED = 2.5;

    /** From so many on, a scenario is played {@value Bench#MORE} times more. */
    static final double SUSPICIOUS = 1;

    private Tolerance() {}

    /** The standard error of a share. */
    static double standardError(double share, int runs) {
        return StrictMath.sqrt(share * (1 - share) / runs);
    }

    /** The derivation, for a report. */
    public static String derivation(int runs) {
        double error = standardError(Row.ALPHA, runs);
        return String.format(
                Locale.ROOT,
                "Tolerance: a share that is truly α = %.3f has over %d runs the standard error √(α (1 − α) / %d) = %.5f;"
                        + " up to α + 2.5 s.e. = %.4f is taken for chance (exceeded once in 160 times)."
                        + " Above α + 1 s.e. = %.4f, %d runs more are made: α + 2.5 s.e. is then %.4f.",
                Row.ALPHA,
                runs,
                runs,
                error,
                Row.ALPHA + ALLOWED * error,
                Row.ALPHA + SUSPICIOUS * error,
                Bench.MORE,
                Row.ALPHA + ALLOWED * standardError(Row.ALPHA, runs + Bench.MORE));
    }
}
