package dev.ringside.metrics.attribution;

import dev.ringside.metrics.attribution.AttributionState.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one unit, between its reading from the state and its writing back. */
final class Unit {
    private static final int FORMAT = 1;
    private static final long NAMELESS = 0;

    private final long hash;
    private long fingerprint = NAMELESS;
    private long scheduled = Nanos.NO_END;
    private Sightings sightings = Sightings.NONE;
    private final List<Enrolment> enrolments = new ArrayList<>(1);
    private final List<OutcomeFact> outcomes = new ArrayList<>(4);

    Unit(long hash) {
        this.hash = hash;
    }

    static byte[] key(long hash) {
        return new PackedWriter().fixed(hash).toBytes();
    }

    static Unit read(long hash, Table units) {
        var unit = new Unit(hash);
        byte[] bytes = units.get(key(hash));
        if (bytes != null) {
            var in = new PackedReader(bytes);
            int format = in.get();
            if (format != FORMAT) {
                throw new IllegalStateException("the state of a unit has format " + format + ", this release reads "
                        + FORMAT + "; delete the state folder to build it anew from the log");
            }
            unit.fingerprint = in.fixed();
            unit.scheduled = in.fixed();
            unit.sightings = Sightings.read(in);
            int count = in.count();
            for (int i = 0; i < count; i++) {
                unit.enrolments.add(Enrolment.read(in));
            }
            count = in.count();
            for (int i = 0; i < count; i++) {
                unit.outcomes.add(OutcomeFact.read(in));
            }
        }
        return unit;
    }

    void write(Table units) {
        if (enrolments.isEmpty() && outcomes.isEmpty() && sightings.isEmpty()) {
            units.delete(key(hash));
            return;
        }
        var out = new PackedWriter().put(FORMAT).fixed(fingerprint).fixed(scheduled);
        sightings.write(out);
        out.number(enrolments.size());
        enrolments.forEach(e -> e.write(out));
        out.number(outcomes.size());
        outcomes.forEach(o -> o.write(out));
        units.put(key(hash), out.toBytes());
    }

    long hash() {
        return hash;
    }

    /** Whether that is its name; true while none is known. */
    boolean isNamed(String name) {
        return fingerprint == NAMELESS || fingerprint == fingerprint(name);
    }

    void name(String name) {
        fingerprint = fingerprint(name);
    }

    /** FNV-1a, 64 bits: tells apart two names that share a keyed hash, of which nobody can make a pair on purpose. */
    private static long fingerprint(String name) {
        long print = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            print = (print ^ (b & 0xff)) * 0x100000001b3L;
        }
        return print == NAMELESS ? 1 : print;
    }

    /** When the agenda has it next; {@link Nanos#NO_END} if it has not. */
    long scheduled() {
        return scheduled;
    }

    void schedule(long due) {
        scheduled = due;
    }

    Sightings sightings() {
        return sightings;
    }

    void sightings(Sightings changed) {
        sightings = changed;
    }

    List<Enrolment> enrolments() {
        return enrolments;
    }

    @Nullable
    Enrolment enrolment(String experiment) {
        for (Enrolment enrolment : enrolments) {
            if (enrolment.experiment().equals(experiment)) {
                return enrolment;
            }
        }
        return null;
    }

    /** Adds what is known in an experiment, or puts it in the place of what was. */
    void enrol(Enrolment changed) {
        for (int i = 0; i < enrolments.size(); i++) {
            if (enrolments.get(i).experiment().equals(changed.experiment())) {
                enrolments.set(i, changed);
                return;
            }
        }
        enrolments.add(changed);
    }

    /** Outcomes that are not final, in {@link OutcomeFact#ORDER}. */
    List<OutcomeFact> outcomes() {
        return outcomes;
    }

    void add(OutcomeFact outcome) {
        int at = Collections.binarySearch(outcomes, outcome, OutcomeFact.ORDER);
        outcomes.add(at < 0 ? -at - 1 : at, outcome);
    }

    /** Whether a prediction of it with a time before this is known, and not forgotten by then. */
    boolean knownBefore(long time) {
        for (Enrolment enrolment : enrolments) {
            if (enrolment.exposure() < time) {
                return true;
            }
        }
        return sightings.within(time);
    }
}
