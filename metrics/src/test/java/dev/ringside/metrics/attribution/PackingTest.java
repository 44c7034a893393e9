package dev.ringside.metrics.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersComeBack(long value) {
        byte[] bytes = new PackedWriter()
                .number(value)
                .fixed(value)
                .sortable(value)
                .big(BigInteger.valueOf(value))
                .toBytes();
        var in = new PackedReader(bytes);
        assertEquals(value, in.number());
        assertEquals(value, in.fixed());
        assertEquals(value, in.sortable());
        assertEquals(BigInteger.valueOf(value), in.big());
    }

    @Test
    void sortableBytesSortAsTheNumbersDo() {
        long[] sorted = {Long.MIN_VALUE, -2, -1, 0, 1, 255, 256, Long.MAX_VALUE};
        for (int i = 1; i < sorted.length; i++) {
            byte[] less = new PackedWriter().sortable(sorted[i - 1]).toBytes();
            byte[] more = new PackedWriter().sortable(sorted[i]).toBytes();
            assertTrue(Arrays.compareUnsigned(less, more) < 0);
        }
    }

    @Test
    void textsComeBackWhateverTheirLength() {
        String text = "ü".repeat(500);
        byte[] bytes = new PackedWriter().text("").text(text).flag(true).toBytes();
        var in = new PackedReader(bytes);
        assertEquals("", in.text());
        assertEquals(text, in.text());
        assertTrue(in.flag());
    }
}
