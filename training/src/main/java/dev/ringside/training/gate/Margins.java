package dev.ringside.training.gate;

/** What may be said of a margin. */
final class Margins {
    private Margins() {}

    static void require(double margin) {
        if (!(margin >= 0 && Double.isFinite(margin))) {
            throw new IllegalArgumentException(
                    "margin is " + margin + ", expected how much worse than the champion is let through, from 0");
        }
    }
}
