package dev.ringside.contract.id;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnitHasherTest {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    @Test
    @DisplayName("B13: one keyed hash serves all units and threads, and is the HMAC that was made for each before")
    void manyUnitsAtOnceGetTheHashOfTheirOwn() {
        UnitHasher hasher = InstallKey.parse(KEY).hasher();
        IntStream.range(0, 20_000).parallel().forEach(i -> assertEquals(hmac("rider-" + i), hasher.hash("rider-" + i)));
    }

    private static long hmac(String unit) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(KEY), "HmacSHA256"));
            return ByteBuffer.wrap(mac.doFinal(unit.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
