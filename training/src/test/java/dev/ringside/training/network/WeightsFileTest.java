package dev.ringside.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeightsFileTest {
    /** Written by weights.py with the format's own library. */
    private static byte[] reference() throws Exception {
        try (InputStream file = WeightsFileTest.class.getResourceAsStream("weights.safetensors")) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }

    private static Weights weights() {
        var weights = new Weights();
        weights.put("layer1.weight", new float[] {1, -2, Float.MIN_VALUE, 4, Float.NaN, 6}, true, 3, 2);
        weights.put("norm1.mean", new float[] {0.1f, -0.0f}, false, 2);
        return weights;
    }

    @Test
    void readsWhatTheLibraryOfTheFormatWrites() throws Exception {
        WeightsFile file = WeightsFile.read(reference());

        assertEquals(Map.of("kind", "network", "words", "größer"), file.about());
        assertArrayEquals(
                new float[] {0.1f, -2.5f, 3e-39f},
                file.weights().get("layer1.bias").values());
        assertArrayEquals(new long[] {3, 2}, file.weights().get("layer1.weight").shape());
        assertEquals(0.34558418f, file.weights().get("layer1.weight").values()[0]);
        assertEquals(0, file.weights().get("empty").values().length);
        assertArrayEquals(new long[0], file.weights().get("scalar").shape());
        assertEquals(7, file.weights().get("scalar").values()[0]);
    }

    @Test
    void whatIsWrittenIsReadBackBitByBitAndIsTheSameBytesAgain() {
        byte[] bytes = new WeightsFile(weights(), Map.of("model", "{\"hidden\":[3]}")).bytes();

        WeightsFile back = WeightsFile.read(bytes);

        assertEquals(Map.of("model", "{\"hidden\":[3]}"), back.about());
        assertEquals(
                List.of("layer1.weight", "norm1.mean"),
                List.copyOf(back.weights().all().keySet()));
        assertArrayEquals(
                weights().get("layer1.weight").values(),
                back.weights().get("layer1.weight").values());
        assertTrue(back.weights().get("layer1.weight").trained());
        assertFalse(back.weights().get("norm1.mean").trained());
        assertArrayEquals(bytes, back.bytes());
    }

    @Test
    void aFileThatIsCutOrIsAnotherIsRefusedWithWhatIsWrong() throws Exception {
        byte[] whole = reference();

        assertTrue(refusal(Arrays.copyOf(whole, whole.length - 4)).contains("in bytes"));
        assertTrue(refusal(Arrays.copyOf(whole, whole.length + 4)).contains("expected"));
        assertTrue(refusal(Arrays.copyOf(whole, 40)).contains("half of one"));
        assertTrue(refusal(new byte[3]).contains("no safetensors file"));
        byte[] half = new String(whole, StandardCharsets.ISO_8859_1)
                .replaceFirst("F32", "F16")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(refusal(half).contains("as F16, expected F32"));
    }

    private static String refusal(byte[] file) {
        return assertThrows(IllegalArgumentException.class, () -> WeightsFile.read(file))
                .getMessage();
    }
}
