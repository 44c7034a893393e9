package dev.ringside.contract.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenValuesTest {
    @ParameterizedTest
    @CsvSource({
        "BOOL, true, true",
        "BOOL, 0, false",
        "BOOL, FALSE, false",
        "INT8, -128, -128",
        "INT16, 32767, 32767",
        "INT32, -2147483648, -2147483648",
        "INT64, 9223372036854775807, 9223372036854775807",
        "UINT8, 255, 255",
        "UINT16, 65535, 65535",
        "UINT32, 4294967295, 4294967295",
        "UINT64, 18446744073709551615, 18446744073709551615",
        "FP16, 65504, 65504.0",
        "FP16, 0.1, 0.099975586",
        "BF16, 0.1, 0.100097656",
        "FP32, 0.1, 0.1",
        "FP32, -1.5e-3, -0.0015",
        "FP32, nan, NaN",
        "FP32, -inf, -Infinity",
        "FP64, 1e308, 1.0E308",
        "FP64, Infinity, Infinity",
        "BYTES, ä€, \"ä€\""
    })
    void aTextThatIsAValueOfTheTypeIsThatValue(DataType type, String written, String shown) {
        var values = new WrittenValues(type, 2);
        assertTrue(values.put(1, written));
        assertEquals(type, values.data().datatype());
        assertEquals(shown, values.data().text(1));
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, yes",
        "BOOL, 2",
        "INT8, 128",
        "INT16, -32769",
        "INT32, 2147483648",
        "INT64, 9223372036854775808",
        "INT64, 3.0",
        "UINT8, -1",
        "UINT16, 65536",
        "UINT32, 4294967296",
        "UINT64, 18446744073709551616",
        "FP16, 65536",
        "BF16, 3.4e38",
        "FP32, 1e39",
        "FP32, 1f",
        "FP32, 0x1p3",
        "FP64, 1e309",
        "FP64, 1 2",
        "FP64, --1",
        "FP64, ''",
        "INT64, ''"
    })
    void aTextThatIsNoValueOfTheTypeChangesNothing(DataType type, String written) {
        var values = new WrittenValues(type, 1);
        assertTrue(values.put(0, "1"));
        String before = values.data().text(0);
        assertFalse(values.put(0, written));
        assertEquals(before, values.data().text(0));
        assertFalse(WrittenValues.isValue(type, written));
    }

    @Test
    void whatIsNotPutInIsZeroFalseOrEmpty() {
        assertEquals("0", new WrittenValues(DataType.INT64, 1).data().text(0));
        assertEquals("false", new WrittenValues(DataType.BOOL, 1).data().text(0));
        assertEquals("\"\"", new WrittenValues(DataType.BYTES, 1).data().text(0));
    }
}
