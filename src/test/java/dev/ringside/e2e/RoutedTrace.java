package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.e2e.SpanCollector.Span;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The trace of one prediction of a slot, from its caller through the router to the model server and back. */
final class RoutedTrace {
    private static final String ASKED = "POST /v2/models/{model}/versions/{version}/infer";
    private static final String CALLER = "00f067aa0ba902b7";

    private final SpanCollector collector;
    private final String trace;

    /** @param number of the trace, which no other has */
    RoutedTrace(SpanCollector collector, int number) {
        this.collector = collector;
        this.trace = "%032x".formatted(0x4bf92f35L << 32 | number);
    }

    /** The header by which the caller says that it traces the request, or that it does not. */
    String parent(boolean sampled) {
        return "00-" + trace + "-" + CALLER + (sampled ? "-01" : "-00");
    }

    /** How many spans of it have come. */
    int size() {
        return collector.of(trace).size();
    }

    /** Whether the router's last span has come, which ends after all others. */
    boolean hasCome(String name) {
        return size() == 9
                && collector.of(trace).stream().anyMatch(span -> span.name().equals(name));
    }

    /** Each span has the parent that it must have, and says what it is. */
    void check(String name, String model, String version) {
        List<Span> all = collector.of(trace);
        Span router = only(all, span -> span.parent().equals(CALLER));
        assertEquals(name, router.name());
        assertTrue(router.isServer() && router.service().equals("ringside"), router::toString);

        Span asked = only(all, Span::isClient);
        assertEquals(ASKED, asked.name());
        assertEquals(router.id(), asked.parent());
        Span serving = only(all, span -> span.parent().equals(asked.id()));
        assertEquals(ASKED, serving.name());
        assertTrue(serving.isServer() && serving.service().equals("ringside-serving"), serving::toString);

        assertEquals(Set.of("deserialise", "serialise", ASKED), names(all, router));
        assertEquals(Set.of("deserialise", "queue", "compute", "serialise"), names(all, serving));
        for (Span span : List.of(router, serving, only(all, span -> span.name().equals("compute")))) {
            assertEquals(model, span.attributes().get("ringside.model"), span::toString);
            assertEquals(version, span.attributes().get("ringside.version"), span::toString);
            assertEquals(1L, span.attributes().get("ringside.rows"), span::toString);
        }
        Span compute = only(all, span -> span.name().equals("compute"));
        assertEquals(1L, compute.attributes().get("ringside.batch.rows"));
        Span queue = only(all, span -> span.name().equals("queue"));
        assertTrue(
                serving.began() <= queue.began()
                        && queue.ended() <= compute.began()
                        && compute.began() < compute.ended()
                        && compute.ended() <= serving.ended(),
                all::toString);
        assertTrue(all.stream().noneMatch(Span::failed), all::toString);
    }

    private static Set<String> names(List<Span> all, Span parent) {
        return all.stream()
                .filter(span -> span.parent().equals(parent.id()))
                .map(Span::name)
                .collect(Collectors.toSet());
    }

    private static Span only(List<Span> all, Predicate<Span> wanted) {
        List<Span> found = all.stream().filter(wanted).toList();
        assertEquals(1, found.size(), () -> found + " of " + all);
        return found.getFirst();
    }
}
