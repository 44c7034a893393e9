package dev.ringside.app.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is counted while it goes on; to be used by any number of threads. */
final class Tally {
    private static final int SHOWN = 20;

    private final TreeMap<String, Long> answers = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private long right;
    private long violations;

    synchronized void sent(long number, Answered answered) {
        answers.merge(answered.answer(), 1L, Long::sum);
        String violation = answered.violation();
        if (violation != null) {
            violated("request " + number + ": " + violation);
        }
    }

    synchronized void sentRight(long number, Answered answered) {
        right++;
        String violation = answered.violation();
        if (violation != null) {
            violated("after request " + number + ": " + violation);
        }
    }

    synchronized void violated(String what) {
        violations++;
        if (examples.size() < SHOWN) {
            examples.add(what);
        }
    }

    synchronized long right() {
        return right;
    }

    synchronized long violations() {
        return violations;
    }

    synchronized NavigableMap<String, Long> answers() {
        return new TreeMap<>(answers);
    }

    synchronized List<String> examples() {
        return List.copyOf(examples);
    }
}
