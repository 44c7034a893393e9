package dev.ringside.app.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.Tensor;
import dev.ringside.engine.ModelFailure;
import dev.ringside.engine.ModelUnreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> asked = new ArrayList<>();
    private final Set<String> away = new HashSet<>();
    private long now;

    private Replicas replicas(String... names) {
        return new Replicas(
                List.of(names).stream().<ForeignServer>map(Named::new).toList(), () -> now);
    }

    private String ask(Replicas replicas) throws ModelFailure {
        return replicas.ask(PATIENCE, (server, patience) -> {
            asked.add(server.name());
            if (away.contains(server.name())) {
                throw new ModelUnreachable(server.name() + " is away");
            }
            return server.name();
        });
    }

    @Test
    void serversAreAskedInTurn() throws Exception {
        Replicas replicas = replicas("a", "b", "c");

        assertEquals(List.of("a", "b", "c", "a"), List.of(ask(replicas), ask(replicas), ask(replicas), ask(replicas)));
    }

    @Test
    void aServerThatIsAwayCostsNoPredictionAndSoonNoQuestion() throws Exception {
        Replicas replicas = replicas("a", "b");
        away.add("a");

        for (int i = 0; i < 100; i++) {
            assertEquals("b", ask(replicas));
        }

        assertEquals(Replica.FAILURES, asked.stream().filter("a"::equals).count());
    }

    @Test
    void whatIsLeftAloneIsTriedAfterAWhileByOneRequestAndComesBack() throws Exception {
        Replicas replicas = replicas("a");
        away.add("a");
        for (int i = 0; i < Replica.FAILURES; i++) {
            assertThrows(ModelUnreachable.class, () -> ask(replicas));
        }
        asked.clear();

        String words = assertThrows(ModelUnreachable.class, () -> ask(replicas)).getMessage();
        assertEquals("a has failed 5 times in a row and is asked again in 1000 ms: a is away", words);
        assertTrue(asked.isEmpty());

        now += Replica.FIRST.toNanos();
        assertThrows(ModelUnreachable.class, () -> ask(replicas));
        assertThrows(ModelUnreachable.class, () -> ask(replicas));
        assertEquals(1, asked.size());

        // The second pause is twice as long.
        now += Replica.FIRST.toNanos();
        assertThrows(ModelUnreachable.class, () -> ask(replicas));
        assertEquals(1, asked.size());
        away.clear();
        now += Replica.FIRST.toNanos();
        assertEquals("a", ask(replicas));
        assertEquals("a", ask(replicas));
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        Replicas replicas = replicas("a");
        away.add("a");
        for (int i = 0; i < 1000; i++) {
            assertThrows(ModelUnreachable.class, () -> ask(replicas));
            now += Replica.LONGEST.toNanos();
        }
        assertEquals(1000, asked.size());
    }

    @Test
    void aRefusalIsAnAnswerAndNoOtherServerIsAsked() {
        Replicas replicas = replicas("a", "b");

        for (int i = 0; i < 20; i++) {
            assertThrows(
                    ModelFailure.class,
                    () -> replicas.ask(PATIENCE, (server, patience) -> {
                        asked.add(server.name());
                        throw new ModelFailure("a wrong shape");
                    }));
        }
        assertEquals(20, asked.size());
    }

    @Test
    void nobodyIsAskedOnceTheTimeIsOver() {
        Replicas replicas = replicas("a", "b");

        assertThrows(
                ModelUnreachable.class,
                () -> replicas.ask(PATIENCE, (server, patience) -> {
                    asked.add(server.name());
                    now += PATIENCE.toNanos();
                    throw new ModelUnreachable("too late");
                }));

        assertEquals(List.of("a"), asked);
    }

    private record Named(String name) implements ForeignServer {
        @Override
        public Description describe(ForeignModel model, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Tensor> infer(ForeignModel model, List<Tensor> inputs, List<String> outputs, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
