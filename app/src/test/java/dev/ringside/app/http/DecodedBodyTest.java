package dev.ringside.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.ClientErrorException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DecodedBodyTest {
    private static final byte[] BODY = "{\"inputs\": []}".repeat(1000).getBytes(UTF_8);

    private interface Encoder {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] encoded(Encoder encoder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoder.over(bytes)) {
            out.write(BODY);
        }
        return bytes.toByteArray();
    }

    private static byte[] decoded(byte[] body, DecodedBody.Encoding encoding) throws IOException {
        try (var decoded = new DecodedBody(new ByteArrayInputStream(body), encoding)) {
            return decoded.readAllBytes();
        }
    }

    @Test
    @DisplayName("D13: a body in gzip or deflate is read as what it says")
    void bothEncodingsAreRead() throws IOException {
        assertArrayEquals(BODY, decoded(encoded(GZIPOutputStream::new), DecodedBody.Encoding.GZIP));
        assertArrayEquals(BODY, decoded(encoded(DeflaterOutputStream::new), DecodedBody.Encoding.DEFLATE));
    }

    @Test
    void aBodyThatIsNotEncodedAsItSaysIsTheClientsMistake() throws IOException {
        byte[] gzip = encoded(GZIPOutputStream::new);
        for (byte[] wrong : new byte[][] {BODY, {}, Arrays.copyOf(gzip, gzip.length / 2)}) {
            for (DecodedBody.Encoding encoding : DecodedBody.Encoding.values()) {
                ClientErrorException refused = assertThrows(ClientErrorException.class, () -> decoded(wrong, encoding));
                assertEquals(400, refused.getResponse().getStatus());
                assertTrue(refused.getMessage().contains(encoding.name()), refused.getMessage());
            }
        }
    }

    @Test
    void encodingsAreKnownByTheirNames() {
        assertEquals(Optional.of(DecodedBody.Encoding.GZIP), ContentEncodings.of(" GZip "));
        assertEquals(Optional.of(DecodedBody.Encoding.DEFLATE), ContentEncodings.of("deflate"));
        assertEquals(Optional.empty(), ContentEncodings.of("br"));
        assertEquals(Optional.empty(), ContentEncodings.of(null));
    }
}
