package dev.ringside.metrics.attribution;

import java.util.ArrayList;
import java.util.List;

/** What is known of a unit in one experiment. */
sealed interface Enrolment {
    String experiment();

    /** The epoch, segment, variant and time of its first exposure, as far as is known. */
    int epoch();

    String segment();

    String variant();

    long exposure();

    /**
     * A unit whose cohort is not closed: all of its predictions, condensed. Its first exposure is the least of them over
     * all epochs; where that lies in another epoch, an epoch does not count the unit.
     *
     * @param tracks one an arm and epoch, the first exposure's first
     * @param ahead predictions so far ahead of the horizon that they may turn out to lie after settlement
     */
    record Open(String experiment, List<Track> tracks, List<Ahead> ahead) implements Enrolment {
        private static final int MOST_AHEAD = 2000;

        static Open of(String experiment, Track first) {
            return new Open(experiment, List.of(first), List.of());
        }

        Track first() {
            return tracks.getFirst();
        }

        @Override
        public int epoch() {
            return first().epoch();
        }

        @Override
        public String segment() {
            return first().segment();
        }

        @Override
        public String variant() {
            return first().variant();
        }

        @Override
        public long exposure() {
            return first().time();
        }

        Open plus(Track track) {
            var merged = new ArrayList<Track>(tracks.size() + 1);
            Track whole = track;
            for (Track other : tracks) {
                if (other.sameArm(track)) {
                    whole = other.plus(track);
                } else {
                    merged.add(other);
                }
            }
            int at = 0;
            while (at < merged.size() && merged.get(at).before(whole)) {
                at++;
            }
            merged.add(at, whole);
            return new Open(experiment, merged, ahead);
        }

        /** At most {@value #MOST_AHEAD} are kept: more of one unit only say that it is none. */
        Open plus(Ahead prediction) {
            if (ahead.size() >= MOST_AHEAD) {
                return this;
            }
            var more = new ArrayList<>(ahead);
            more.add(prediction);
            return new Open(experiment, tracks, more);
        }

        /** When it was first seen in another arm of its epoch, before it is settled; {@link Nanos#NO_END} if never. */
        long crossed(long settled) {
            long first = Nanos.NO_END;
            for (Track track : tracks) {
                if (track.epoch() == epoch() && !track.variant().equals(variant()) && track.time() < settled) {
                    first = Math.min(first, track.time());
                }
            }
            return first;
        }

        /** When the first of its predictions fell back, before it is settled; {@link Nanos#NO_END} if none did. */
        long fellBack(long settled) {
            long first = Nanos.NO_END;
            for (Track track : tracks) {
                if (track.epoch() == epoch() && track.fellBack() < settled) {
                    first = Math.min(first, track.fellBack());
                }
            }
            return first;
        }

        /** What stays of it. */
        Settled settle() {
            return new Settled(experiment, epoch(), segment(), variant(), exposure(), true);
        }
    }

    /**
     * A unit whose cohort is closed: enough to know a later prediction or outcome for what it is.
     *
     * @param counted false if its first exposure itself came after its cohort had closed
     */
    record Settled(String experiment, int epoch, String segment, String variant, long exposure, boolean counted)
            implements Enrolment {}

    /** A prediction's epoch and time. */
    record Ahead(int epoch, long time) {}

    default void write(PackedWriter out) {
        out.text(experiment());
        switch (this) {
            case Open open -> {
                out.put(0).number(open.tracks.size());
                open.tracks.forEach(track -> track.write(out));
                out.number(open.ahead.size());
                open.ahead.forEach(p -> out.number(p.epoch).fixed(p.time));
            }
            case Settled settled ->
                out.put(settled.counted ? 1 : 2)
                        .number(settled.epoch)
                        .text(settled.segment)
                        .text(settled.variant)
                        .fixed(settled.exposure);
        }
    }

    static Enrolment read(PackedReader in) {
        String experiment = in.text();
        int kind = in.get();
        if (kind != 0) {
            return new Settled(experiment, in.count(), in.text(), in.text(), in.fixed(), kind == 1);
        }
        int count = in.count();
        var tracks = new ArrayList<Track>(count);
        for (int i = 0; i < count; i++) {
            tracks.add(Track.read(in));
        }
        count = in.count();
        List<Ahead> ahead = count == 0 ? List.of() : new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ahead.add(new Ahead(in.count(), in.fixed()));
        }
        return new Open(experiment, tracks, ahead);
    }
}
