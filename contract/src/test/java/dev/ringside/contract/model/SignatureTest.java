package dev.ringside.contract.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.InvalidInput;
import dev.ringside.contract.inference.DataType;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final TensorSpec DISTANCE = fp32("distance", -1, 1);
    private static final TensorSpec CARRIER = new TensorSpec("carrier", DataType.BYTES, List.of(-1L, 1L));
    private static final TensorSpec PROBABILITY = fp32("probability", -1, 1);
    private static final Signature SLOT = new Signature(List.of(DISTANCE, CARRIER), List.of(PROBABILITY));

    @Test
    void aVersionMayLeaveOutInputsAndGiveMoreOutputs() {
        var version = new Signature(List.of(DISTANCE), List.of(PROBABILITY, fp32("logit", -1, 1)));

        assertDoesNotThrow(() -> version.requireFits(SLOT));
    }

    @Test
    void aVersionMayNotReadWhatTheSlotDoesNotDeclare() {
        var version = new Signature(List.of(fp32("weather", -1, 1)), List.of(PROBABILITY));

        assertEquals(
                "'inputs': the version reads 'weather', which the slot does not declare; it has [distance, carrier]",
                complaint(version));
    }

    @Test
    void aVersionMustGiveWhatTheSlotPromises() {
        var version = new Signature(List.of(DISTANCE), List.of(fp32("p", -1, 1)));

        assertEquals(
                "'outputs': the slot promises 'probability', which the version does not give; it has [p]",
                complaint(version));
    }

    @Test
    void typesAndFixedDimensionsMustBeEqual() {
        assertEquals(
                "'inputs.carrier': expected datatype BYTES as the slot declares, found FP32",
                complaint(new Signature(List.of(fp32("carrier", -1, 1)), List.of(PROBABILITY))));
        assertEquals(
                "'inputs.distance': expected shape [-1, 1] as the slot declares, found [-1, 2]",
                complaint(new Signature(List.of(fp32("distance", -1, 2)), List.of(PROBABILITY))));
        assertEquals(
                "'inputs.distance': expected shape [-1, 1] as the slot declares, found [-1]",
                complaint(new Signature(List.of(fp32("distance", -1)), List.of(PROBABILITY))));
    }

    @Test
    @DisplayName("D14: a version may not take fewer rows than its slot")
    void anInputMayNotBeNarrowerThanTheSlots() {
        assertEquals(
                "'inputs.distance': expected shape [-1, 1] as the slot declares, found only [1, 1]:"
                        + " export it with a batch that varies, or declare the slot so",
                complaint(new Signature(List.of(fp32("distance", 1, 1)), List.of(PROBABILITY))));
        var wider = new Signature(List.of(fp32("distance", -1, -1)), List.of(PROBABILITY));
        assertDoesNotThrow(() -> wider.requireFits(SLOT));
    }

    @Test
    @DisplayName("D14: a manifest that promises more rows than its file takes names the tensor")
    void aManifestMustBeTrueOfItsFile() {
        var file = new Signature(List.of(fp32("distance", 1, 1)), List.of(PROBABILITY));
        var manifest = new Signature(List.of(DISTANCE), List.of(PROBABILITY));

        assertDoesNotThrow(() -> file.requireTrueOf(manifest));
        assertEquals(
                "'inputs.distance': is [-1, 1] in the manifest, and the file takes only [1, 1]",
                assertThrows(InvalidInput.class, () -> manifest.requireTrueOf(file))
                        .getMessage());
    }

    @Test
    void aShapeAdmitsEqualRankAndEqualFixedDimensions() {
        TensorSpec spec = fp32("x", -1, 3);

        assertTrue(spec.admits(List.of(7L, 3L)));
        assertFalse(spec.admits(List.of(7L, 4L)));
        assertFalse(spec.admits(List.of(3L)));
    }

    private static String complaint(Signature version) {
        return assertThrows(InvalidInput.class, () -> version.requireFits(SLOT)).getMessage();
    }

    private static TensorSpec fp32(String name, long... shape) {
        return new TensorSpec(
                name, DataType.FP32, java.util.Arrays.stream(shape).boxed().toList());
    }
}
