package dev.ringside.contract.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionIdTest {
    private static final Instant TIME = Instant.parse("2001-04-01T08:15:00Z");
    private static final PredictionId ID = PredictionId.of(TIME, 0x9b1baf19a3c87fceL, 0x0123456789abcdefL);

    @Test
    void theLayoutIsVersionTimeUnitHashAndRandomBits() {
        assertEquals("01" + "0000e598e8bba0" + "9b1baf19a3c87fce" + "0123456789abcdef", ID.text());
        assertEquals(0x9b1baf19a3c87fceL, ID.unitHash());
    }

    @Test
    void theTextIsItsJson() {
        assertEquals("\"" + ID.text() + "\"", Json.write(ID));
        assertEquals(ID, Json.read("\"" + ID.text() + "\"", PredictionId.class));
    }

    @Test
    void laterIdsAreGreaterWhateverTheirUnit() {
        assertTrue(PredictionId.of(TIME.minusMillis(1), -1, -1).compareTo(ID) < 0);
        assertTrue(PredictionId.of(TIME.plusMillis(1), 0, 0).compareTo(ID) > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "010000e598e8bba09b1baf19a3c87fce0123456789abcde",
                "020000e598e8bba09b1baf19a3c87fce0123456789abcdef",
                "010000E598E8BBA09b1baf19a3c87fce0123456789abcdef",
                "010000e598e8bba09b1baf19a3c87fce0123456789abcdeg",
            })
    void anythingThatNoRouterIssuedIsRefused(String text) {
        var refusal = assertThrows(InvalidInput.class, () -> new PredictionId(text));
        assertEquals("prediction_id", refusal.field());
    }
}
