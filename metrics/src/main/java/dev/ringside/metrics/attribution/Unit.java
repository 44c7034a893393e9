package dev.ringside.metrics.attribution;

import dev.ringside.metrics.attribution.AttributionState.Entry;
import dev.ringside.metrics.attribution.AttributionState.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one unit, between its reading from the state and its writing back. In the state it has a row for
 * itself, under its hash, and one for each outcome behind it: so an event writes what it changes, however much is known.
 */
final class Unit {
    /** The outcomes have rows of their own; before, they stood in the unit's. */
    private static final int FORMAT = 2;

    private static final int INLINE_OUTCOMES = 1;
    private static final long NAMELESS = 0;

    private final long hash;
    private final Table table;
    private long fingerprint = NAMELESS;
    private long scheduled = Nanos.NO_END;
    private Sightings sightings = Sightings.NONE;
    private final List<Enrolment> enrolments = new ArrayList<>(1);

    /** How many outcomes there are; they are read only when somebody asks for them. */
    private int count;

    private long nextRow;
    private @Nullable List<OutcomeFact> outcomes;

    /** The rows of outcomes by identity: there may be equal ones. */
    private final IdentityHashMap<OutcomeFact, Long> rows = new IdentityHashMap<>();

    private final List<Long> gone = new ArrayList<>(0);

    private Unit(long hash, Table table) {
        this.hash = hash;
        this.table = table;
    }

    static byte[] key(long hash) {
        return new PackedWriter().fixed(hash).toBytes();
    }

    private static byte[] key(long hash, long row) {
        return new PackedWriter().fixed(hash).fixed(row).toBytes();
    }

    static Unit read(long hash, Table units) {
        var unit = new Unit(hash, units);
        byte[] bytes = units.get(key(hash));
        if (bytes == null) {
            unit.outcomes = new ArrayList<>(4);
            return unit;
        }
        var in = new PackedReader(bytes);
        int format = in.get();
        if (format != FORMAT && format != INLINE_OUTCOMES) {
            throw new IllegalStateException("the state of a unit has format " + format + ", this release reads "
                    + INLINE_OUTCOMES + " and " + FORMAT + "; delete the state folder to build it anew from the log");
        }
        unit.fingerprint = in.fixed();
        unit.scheduled = in.fixed();
        unit.sightings = Sightings.read(in);
        for (int left = in.count(); left > 0; left--) {
            unit.enrolments.add(Enrolment.read(in));
        }
        unit.count = in.count();
        if (format == INLINE_OUTCOMES) {
            var inline = new ArrayList<OutcomeFact>(unit.count);
            for (int left = unit.count; left > 0; left--) {
                inline.add(OutcomeFact.read(in));
            }
            unit.outcomes = inline;
        } else {
            unit.nextRow = in.number();
        }
        return unit;
    }

    private List<OutcomeFact> load() {
        if (outcomes != null) {
            return outcomes;
        }
        var loaded = new ArrayList<OutcomeFact>(count);
        if (count > 0) {
            byte[] end = new PackedWriter().fixed(hash).put(0xff).toBytes();
            for (Entry entry : table.range(key(hash, 0), end, Integer.MAX_VALUE)) {
                OutcomeFact fact = OutcomeFact.read(new PackedReader(entry.value()));
                loaded.add(fact);
                rows.put(fact, new PackedReader(entry.key(), Long.BYTES).fixed());
            }
            loaded.sort(OutcomeFact.ORDER);
        }
        outcomes = loaded;
        return loaded;
    }

    void write() {
        gone.forEach(row -> table.delete(key(hash, row)));
        if (enrolments.isEmpty() && count == 0 && sightings.isEmpty()) {
            table.delete(key(hash));
            return;
        }
        if (outcomes != null) {
            for (OutcomeFact fact : outcomes) {
                if (!rows.containsKey(fact)) {
                    var out = new PackedWriter();
                    fact.write(out);
                    table.put(key(hash, nextRow++), out.toBytes());
                }
            }
        }
        var out = new PackedWriter().put(FORMAT).fixed(fingerprint).fixed(scheduled);
        sightings.write(out);
        out.number(enrolments.size());
        enrolments.forEach(e -> e.write(out));
        out.number(count).number(nextRow);
        table.put(key(hash), out.toBytes());
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

    /** Lets go of what is known in experiments that are over. */
    void letGo(Predicate<Enrolment> over) {
        enrolments.removeIf(over);
    }

    /** How many outcomes are not final. */
    int pending() {
        return count;
    }

    /** Outcomes that are not final, in {@link OutcomeFact#ORDER}. */
    List<OutcomeFact> outcomes() {
        return Collections.unmodifiableList(load());
    }

    void add(OutcomeFact outcome) {
        List<OutcomeFact> all = load();
        int at = Collections.binarySearch(all, outcome, OutcomeFact.ORDER);
        all.add(at < 0 ? -at - 1 : at, outcome);
        count++;
    }

    /** Forgets outcomes that have become final; these very ones, not others that equal them. */
    void forget(List<OutcomeFact> outcomesOfIt) {
        Set<OutcomeFact> these = Collections.newSetFromMap(new IdentityHashMap<>());
        these.addAll(outcomesOfIt);
        load().removeIf(these::contains);
        for (OutcomeFact each : these) {
            Long row = rows.remove(each);
            if (row != null) {
                gone.add(row);
            }
        }
        count -= these.size();
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
