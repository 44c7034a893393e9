package dev.ringside.contract.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes are from Python 3.11's {@code hmac} and {@code hashlib}. */
class InstallKeyTest {
    private static final InstallKey KEY = InstallKey.parse("000102030405060708090a0b0c0d0e0f");

    @ParameterizedTest
    @CsvSource({
        "rider-1, 78813a0355a7d005, 5, 5",
        "'', 07eff8b326b7798c, 4, 1",
        "Zoë, 790d5a7f99629c8d, 5, 3",
        "flights-demo/1234, 9b1baf19a3c87fce, 6, 1",
    })
    void theHashAndPartitionOfAUnitNeverChange(String unit, String hash, int ofEight, int ofSeven) {
        long unitHash = KEY.unitHash(unit);
        assertEquals(hash, "%016x".formatted(unitHash));
        assertEquals(ofEight, InstallKey.partition(unitHash, 8));
        assertEquals(ofSeven, InstallKey.partition(unitHash, 7));
    }

    @Test
    void theTextIsThirtyTwoDigits() {
        assertEquals("000102030405060708090a0b0c0d0e0f", KEY.toString());
        assertEquals("\"000102030405060708090a0b0c0d0e0f\"", Json.write(KEY));
        assertEquals(KEY, Json.read("\"000102030405060708090A0B0C0D0E0F\"", InstallKey.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000102030405060708090a0b0c0d0e0g", "000102030405060708090a0b0c0d0e0f0"})
    void anythingElseIsRefused(String text) {
        assertThrows(InvalidInput.class, () -> InstallKey.parse(text));
    }
}
