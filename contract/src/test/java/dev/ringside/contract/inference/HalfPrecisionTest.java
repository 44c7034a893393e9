package dev.ringside.contract.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {
    @Test
    void everyBf16IsItselfAgainBitForBit() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            assertEquals((short) bits, HalfPrecision.toBf16(HalfPrecision.ofBf16((short) bits)));
        }
    }

    /** FP16 by NumPy 2, BF16 by its definition; 1.00390625 = 1 + 2⁻⁸ and 1.00048828125 = 1 + 2⁻¹¹ are middles. */
    @ParameterizedTest
    @CsvSource({
        "1.00390625, 3F80, 3C04",
        "1.01171875, 3F82, 3C0C",
        "1.0039062500000002, 3F81, 3C04",
        "1.00048828125, 3F80, 3C00",
        "1.0004882812500002, 3F80, 3C01",
        "-0.0, 8000, 8000",
        "3.3895313892515355e38, 7F7F, 7C00",
        "1e300, 7F80, 7C00",
        "NaN, 7FC0, 7E00",
        "-Infinity, FF80, FC00",
        "9.183549615799121e-41, 0001, 0000",
        "5.960464477539063e-08, 3380, 0001"
    })
    void numbersAreRoundedOnceToTheNearestAndMiddlesToTheEven(double number, String bf16, String fp16) {
        assertEquals(
                bf16,
                "%04X".formatted(HalfPrecision.toBf16(HalfPrecision.nearestBf16(number)) & 0xFFFF),
                "BF16 of " + number);
        assertEquals(
                fp16,
                "%04X".formatted(Float.floatToFloat16(HalfPrecision.nearestFp16(number)) & 0xFFFF),
                "FP16 of " + number);
    }
}
