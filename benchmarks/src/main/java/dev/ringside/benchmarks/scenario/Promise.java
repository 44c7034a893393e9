package dev.ringside.benchmarks.scenario;

/** What the documentation promises of a scenario. */
public enum Promise {
    /** With no effect, at most α are promoted and at most α rolled back; at 95 in 100 stops the interval has the truth. */
    LEVEL,
    /** At one minimum effect the power is what was planned, less what the looks cost, with the information that they save. */
    POWER,
    /** At one minimum effect the other way, enough are rolled back. */
    PROTECTION,
    /** Rolled back at the first closing, always. */
    AT_ONCE,
    /** Rolled back at the first closing in 97 of 100, and in all by the third day. */
    BY_THE_THIRD_DAY,
    /** Never promoted: units were lost, and what is left cannot be compared. */
    NEVER_PROMOTED
}
