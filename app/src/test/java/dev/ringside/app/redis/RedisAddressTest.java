package dev.ringside.app.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import org.junit.jupiter.api.Test;

class RedisAddressTest {
    @Test
    void thePasswordIsNeverShown() {
        assertEquals(
                "redis://127.0.0.1:7079", RedisAddress.local(7079, "secret").toString());
        assertEquals("rediss://db:6380/2", new RedisAddress("rediss://me:secret@db:6380/2").shown());
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithAnExample() {
        var refusal = assertThrows(InvalidInput.class, () -> new RedisAddress("localhost:6379"));
        assertTrue(
                refusal.getMessage().startsWith("'ringside.redis.url': expected an address such as"),
                refusal::getMessage);
    }
}
