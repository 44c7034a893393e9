package dev.ringside.contract.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationsTest {
    private static Tensor classes(int count, List<Long> shape, TensorData data) {
        var response = new InferenceResponse(
                "eta",
                "3",
                "ride-17",
                Map.of("variant", "champion"),
                List.of(new Tensor("y", shape, data), Tensor.column("z", 7L)));
        InferenceResponse answer = new Classifications(Map.of("y", count)).of(response);
        assertEquals(response.id(), answer.id());
        assertEquals(response.parameters(), answer.parameters());
        assertEquals(response.outputs().getLast(), answer.outputs().getLast(), "an output that is wanted as it is");
        return answer.outputs().getFirst();
    }

    private static Tensor texts(List<Long> shape, String... values) {
        return new Tensor("y", shape, new TensorData.Bytes(values));
    }

    @Test
    void eachRowHasItsGreatestFirstAsTritonsExtensionWritesThem() {
        assertEquals(
                texts(List.of(2L, 2L), "3.300000:1", "2.400000:3", "0.500000:0", "0.500000:2"),
                classes(2, List.of(2L, 4L), new TensorData.Fp32(new float[] {
                    1.1f, 3.3f, 0.5f, 2.4f, 0.5f, -1, 0.5f, 0.25f
                })));
    }

    @Test
    void anOutputOfOneDimensionIsOneRow() {
        assertEquals(
                texts(List.of(2L), "10:2", "5:1"),
                classes(2, List.of(4L), new TensorData.Int64(new long[] {1, 5, 10, 4})));
    }

    @Test
    void dimensionsAfterTheFirstAreOneRowOfClasses() {
        assertEquals(
                texts(List.of(1L, 1L), "9:3"),
                classes(1, List.of(1L, 2L, 2L), new TensorData.Whole(DataType.UINT8, new long[] {7, 1, 2, 9})));
    }

    @Test
    void moreClassesThanThereAreAreAllOfThem() {
        assertEquals(
                texts(List.of(1L, 2L), "18446744073709551615:1", "0:0"),
                classes(5, List.of(1L, 2L), new TensorData.Whole(DataType.UINT64, new long[] {0, -1})));
    }

    @Test
    void noRowsHaveNoClasses() {
        assertEquals(texts(List.of(0L, 0L)), classes(5, List.of(0L, 3L), new TensorData.Fp32(new float[0])));
    }

    /** As C's {@code printf("%f")} writes them. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.100000",
        "1e-7, 0.000000",
        "-1e-7, -0.000000",
        "-0.0, -0.000000",
        "0.0234375, 0.023438",
        "0.0078125, 0.007812",
        "1e20, 100000000000000000000.000000",
        "2.5, 2.500000"
    })
    void numbersHaveSixDecimals(double number, String written) {
        assertEquals(
                texts(List.of(1L, 1L), written + ":0"),
                classes(1, List.of(1L, 1L), new TensorData.Fp64(new double[] {number})));
    }

    @Test
    void anOutputThatIsNoNumberIsRefusedByName() {
        InferenceFailure failure = assertThrows(
                InferenceFailure.class, () -> classes(1, List.of(1L), new TensorData.Bytes(new String[] {"AS"})));

        assertEquals(Cause.MALFORMED, failure.why());
        assertEquals(
                "model 'eta' version '3': output 'y' is BYTES, expected numbers for parameter 'classification': ask for"
                        + " it without",
                failure.getMessage());
    }

    @Test
    void withoutTheWishAResponseIsItself() {
        var response = new InferenceResponse("eta", "3", null, Map.of(), List.of());
        assertSame(response, Classifications.NONE.of(response));
    }
}
