package dev.ringside.training.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeetingTest {
    private static final Map<String, String> SUBJECT = Map.of("document", "abc");

    private static IllegalStateException refusal(Callable<?> meeting) {
        return assertThrows(IllegalStateException.class, meeting::call);
    }

    @Test
    void sumsBytesAndNumbersGoAround() throws Exception {
        List<double[]> seen = RanksTogether.each(3, ranks -> {
            byte[] bytes = ranks.bytes(ranks.own() == 1 ? new byte[] {4, 5, 6} : null, 1);
            return new double[] {
                ranks.sum(ranks.own() + 1.5), ranks.agree(new double[] {ranks.own() + 7})[0], bytes.length, bytes[2]
            };
        });

        seen.forEach(each -> assertArrayEquals(new double[] {7.5, 7, 3, 6}, each));
    }

    @Test
    void aRankThatIsMissingIsNamedAndSoAreThoseThatCame() throws Exception {
        int port = RanksTogether.freePort();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var other = threads.submit(
                    () -> Meeting.join(new Place(2, 4, "127.0.0.1", port, null), SUBJECT, Duration.ofSeconds(20)));

            String message = refusal(() ->
                            Meeting.join(new Place(0, 4, "127.0.0.1", port, null), SUBJECT, Duration.ofSeconds(2)))
                    .getMessage();

            assertTrue(message.contains("of 4 processes, rank 1, 3 did not come to 127.0.0.1:" + port), message);
            assertTrue(message.contains("there were rank 0 (process") && message.contains("rank 2 (process"), message);
            String told = assertThrows(ExecutionException.class, other::get)
                    .getCause()
                    .getMessage();
            assertEquals(message, told, "those that came are told the same");
        }
    }

    @Test
    void whereNobodyHoldsTheStoreTheAddressIsNamed() throws Exception {
        int port = RanksTogether.freePort();

        String message = refusal(
                        () -> Meeting.join(new Place(1, 2, "127.0.0.1", port, null), SUBJECT, Duration.ofSeconds(1)))
                .getMessage();

        assertTrue(message.startsWith("rank 1 found nobody at 127.0.0.1:" + port + " within 1 s"), message);
    }

    @Test
    void ranksThatTrainSomethingElseDoNotBegin() throws Exception {
        int port = RanksTogether.freePort();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var other = threads.submit(() -> Meeting.join(
                    new Place(1, 2, "127.0.0.1", port, null), Map.of("document", "abd"), Duration.ofSeconds(20)));

            String message = refusal(() ->
                            Meeting.join(new Place(0, 2, "127.0.0.1", port, null), SUBJECT, Duration.ofSeconds(20)))
                    .getMessage();

            assertTrue(message.contains("trains something else than rank 0"), message);
            assertTrue(message.contains("expected {document=abc}, found {document=abd}"), message);
            assertThrows(ExecutionException.class, other::get);
        }
    }

    @Test
    void aRankThatIsThereTwiceIsRefused() throws Exception {
        int port = RanksTogether.freePort();
        var one = new Place(1, 3, "127.0.0.1", port, null);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var zero = threads.submit(
                    () -> Meeting.join(new Place(0, 3, "127.0.0.1", port, null), SUBJECT, Duration.ofSeconds(3)));
            Callable<String> claim = () -> refusal(() -> Meeting.join(one, SUBJECT, Duration.ofSeconds(20)))
                    .getMessage();
            List<String> messages = threads.invokeAll(List.of(claim, claim)).stream()
                    .map(Future::resultNow)
                    .toList();

            assertTrue(messages.stream().anyMatch(m -> m.contains("rank 1 of 3 is there twice")), messages::toString);
            assertThrows(ExecutionException.class, zero::get);
        }
    }

    @Test
    void aPlaceIsReadFromWhatLaunchersSet() {
        Map<String, String> set = Map.of("RANK", "1", "WORLD_SIZE", "4", "MASTER_ADDR", "h", "MASTER_PORT", "29500");

        assertEquals(new Place(1, 4, "h", 29_500, null), Place.of(set));
        assertNull(Place.of(Map.of("RANK", "1", "MASTER_ADDR", "h")), "not all of them");
        assertNull(Place.of(Map.of("RANK", "0", "WORLD_SIZE", "1", "MASTER_ADDR", "h", "MASTER_PORT", "1")), "alone");
    }

    @Test
    void aLauncherThatHoldsTheStoreIsJoinedAtItsPresentAttempt() {
        Place place = Place.of(Map.of(
                "RANK", "0",
                "WORLD_SIZE", "2",
                "MASTER_ADDR", "h",
                "MASTER_PORT", "1",
                "TORCHELASTIC_USE_AGENT_STORE", "True",
                "TORCHELASTIC_RESTART_COUNT", "3"));

        assertEquals(new Place(0, 2, "h", 1, "ringside/3"), place);
        assertTrue(place != null && !place.holdsStore());
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", ":29500", "host:port", "host:0"})
    void anAddressThatIsNoneIsRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> Place.at(address, 0, 2));
    }
}
