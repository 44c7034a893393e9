package dev.ringside.benchmarks.run;

/** Seeds that follow from what is drawn, so that neither threads nor the order of work show. */
final class Seeds {
    private Seeds() {}

    /** A seed from two, by the finaliser of MurmurHash3 (Stafford's variant 13, as SplittableRandom has it). */
    static long mix(long seed, long by) {
        long z = seed * 0x9e3779b97f4a7c15L + by + 0x632be59bd9b4e019L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A seed from a seed and a name. */
    static long mix(long seed, String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = mix(mixed, name.charAt(i));
        }
        return mixed;
    }
}
