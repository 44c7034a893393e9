package dev.ringside.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.id.PredictionId;
import dev.ringside.contract.routing.ContentLog.Share;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentLogTest {
    private static PredictionId id(int i) {
        return PredictionId.of(Instant.EPOCH.plusSeconds(i), i, ~(long) i);
    }

    @Test
    void aShareIsReadAndWrittenAsPeopleSayIt() {
        for (String text : List.of("all", "none", "10%", "0.0001%", "12.5%")) {
            assertEquals(text, Share.parse(text).toString());
        }
        assertEquals(Share.ALL, Share.parse("100%"));
        assertEquals(Share.NONE, Share.parse("0%"));
        for (String text : List.of("some", "101%", "-1%", "10", "1.00001%")) {
            assertThrows(InvalidInput.class, () -> Share.parse(text), text);
        }
    }

    @Test
    void whetherAPredictionIsInTheShareFollowsFromItsIdAlone() {
        // SHA-256 of the text begins with 6050791746b2956d (sha256sum), which is 251821 modulo a million.
        var id = new PredictionId("010000e598e8bba09b1baf19a3c87fce0123456789abcdef");
        assertEquals(MODULO, place(id));
        assertTrue(new Share(MODULO + 1).has(id));
        assertFalse(new Share(MODULO).has(id));
    }

    private static final int MODULO = 251821;

    private static int place(PredictionId id) {
        int low = 0;
        int high = 1_000_000;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (new Share(middle).has(id)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    @Test
    void aTenthIsATenthAndALargerShareHasTheSmallerInIt() {
        long tenth = IntStream.range(0, 20_000)
                .filter(i -> Share.parse("10%").has(id(i)))
                .count();
        assertTrue(Math.abs(tenth - 2_000) < 5 * Math.sqrt(1_800), tenth + " of 20,000");
        assertTrue(IntStream.range(0, 20_000)
                .filter(i -> Share.parse("10%").has(id(i)))
                .allMatch(i -> Share.parse("30%").has(id(i))));
    }

    @Test
    void allAreAllAndNoneIsNone() {
        assertTrue(IntStream.range(0, 100).allMatch(i -> Share.ALL.has(id(i))));
        assertTrue(IntStream.range(0, 100).noneMatch(i -> Share.NONE.has(id(i))));
    }
}
