package dev.ringside.contract.actor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "ada, ada",
        "Ada Lovelace <ada@example.org>, Ada Lovelace <ada@example.org>",
        "50% + 1, 50% + 1",
        "Jürgen, UTF-8''J%C3%BCrgen",
        "Jürgen + *, UTF-8''J%C3%BCrgen%20%2B%20%2A",
        "山田 太郎, UTF-8''%E5%B1%B1%E7%94%B0%20%E5%A4%AA%E9%83%8E",
        "UTF-8''ada, UTF-8''UTF-8%27%27ada"
    })
    void aNameCrossesAsItIsInAsciiAndElseEncoded(String actor, String value) {
        assertEquals(value, ActorHeader.encode(actor));
        assertEquals(actor, ActorHeader.decode(value));
    }

    @Test
    void whatAClientSendsAsUtf8OrEncodesOtherwiseIsReadToo() {
        assertEquals("Jürgen", ActorHeader.decode(new String("Jürgen".getBytes(UTF_8), ISO_8859_1)));
        assertEquals("Jürgen (+)", ActorHeader.decode("utf-8''J%c3%bcrgen%20(+)"));
    }

    @Test
    void onlyANameThatWasProvenIsOne() {
        assertEquals("Jürgen", ActorHeader.provenName(ActorHeader.proven("Jürgen")));
        assertNull(ActorHeader.provenName(ActorHeader.encode("Jürgen")));
        assertNull(ActorHeader.provenName("ada"));
        assertNull(ActorHeader.provenName(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"J\u00fcrgen", "UTF-8''J%FCrgen", "UTF-8''100%", "UTF-8''%zz"})
    void anyOtherEncodingIsRefused(String value) {
        var refused = assertThrows(InvalidInput.class, () -> ActorHeader.decode(value));
        assertTrue(refused.getMessage().contains("UTF-8''J%C3%BCrgen (RFC 8187)"), refused.getMessage());
    }
}
