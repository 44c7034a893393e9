package dev.ringside.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden values are from the reference implementation: xxHash 0.8.3 in C, through python-xxhash 4.0.1. */
class UnitHashTest {
    private static final String LONG_UNIT = "u".repeat(300);

    @ParameterizedTest
    @CsvSource({
        "layer, rider-1, b7f6c80431b83c18",
        "layer, rider-2, 056ec44a949ba178",
        "'', x, a4570cbb67235df3",
        "läyer, Zoë, 759f52b086efd725",
    })
    void theCoverageHashNeverChangesBetweenReleases(String salt, String unit, String expected) {
        assertEquals(expected, hex(UnitHash.coverage(salt).of(unit)));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 1, rider-1, a53fc1e7297785d5",
        "exp, 2, rider-1, 223ba2ffa928dbcf",
        "exp, 1, rider-2, 606d9e02c2a34626",
        "salz-ß, 7, Zoë, a78c0c84a1fb4c79",
    })
    void theVariantHashNeverChangesBetweenReleases(String salt, int epoch, String unit, String expected) {
        assertEquals(expected, hex(UnitHash.variant(salt, epoch).of(unit)));
    }

    @Test
    void longUnitsTakeTheSeededLongInputPathOfTheReference() {
        assertEquals("c68f5ff188c763f0", hex(UnitHash.coverage("layer").of(LONG_UNIT)));
        assertEquals("bb085452aa8132f6", hex(UnitHash.variant("exp", 1).of(LONG_UNIT)));
    }

    @Test
    void theBorderBetweenSaltEpochAndUnitIsPartOfTheHash() {
        assertNotEquals(UnitHash.coverage("a").of("bc"), UnitHash.coverage("ab").of("c"));
        assertNotEquals(
                UnitHash.variant("a", 1).of("b"),
                UnitHash.variant("a\0\0\0\1", 1).of("b"));
        assertNotEquals(
                UnitHash.variant("a", 1).of("b"), UnitHash.variant("a", 2).of("b"));
    }

    @Test
    void coverageAndVariantDifferUnderTheSameSalt() {
        assertNotEquals(
                UnitHash.coverage("salt").of("unit"),
                UnitHash.variant("salt", 1).of("unit"));
    }

    @Test
    void scalingIsExactAtBothEnds() {
        assertEquals(0, UnitHash.scale(0, 3));
        assertEquals(2, UnitHash.scale(-1, 3));
        assertEquals(0, UnitHash.scale(-1, 1));
        // ⌈2⁶⁴/3⌉ is the first hash of the second third.
        long third = Long.parseUnsignedLong("6148914691236517206");
        assertEquals(0, UnitHash.scale(third - 1, 3));
        assertEquals(1, UnitHash.scale(third, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 2, rider-1, 486b566216b93f7d",
        "exp, 3, rider-1, 4bf56f25146b3e80",
        "exp, 2, rider-2, a98c3d6e61751004",
        "salz-ß, 7, Zoë, 1181a2285396a24e",
    })
    void theHoldbackHashNeverChangesBetweenReleases(String salt, int epoch, String unit, String expected) {
        assertEquals(expected, hex(UnitHash.holdback(salt, epoch).of(unit)));
    }

    private static String hex(long hash) {
        return "%016x".formatted(hash);
    }
}
