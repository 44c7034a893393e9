package dev.ringside.serving.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.DataType;
import dev.ringside.contract.inference.InferenceFailure;
import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.inference.InferenceRequest;
import dev.ringside.contract.inference.InferenceResponse;
import dev.ringside.contract.inference.Tensor;
import dev.ringside.contract.inference.TensorData;
import dev.ringside.contract.model.Signature;
import dev.ringside.contract.model.TensorSpec;
import dev.ringside.engine.OnnxFiles;
import dev.ringside.engine.onnx.OnnxEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferTest {
    private static final Tensor DISTANCE = Tensor.column("distance", 2f, 3f);
    private static final Tensor CARRIER = Tensor.column("carrier", "AS", "DL");

    @TempDir
    Path folder;

    private CatalogFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new CatalogFixture(folder, new OnnxEngine(1));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void serve(byte[] file, Signature signature) throws InterruptedException {
        fixture.registry.register("1", file, signature);
        fixture.publishAndAwait("1");
    }

    @Test
    void anAnswerNamesSlotVersionAndIdAndHasTheSlotsOutputs() throws Exception {
        serve(OnnxFiles.lookup(Map.of("AS", 2f), 1), Registry.signature("distance", "carrier"));

        assertEquals(
                new InferenceResponse("eta", "1", "id", Map.of(), List.of(Tensor.column("probability", 4f, 3f))),
                fixture.infer("1", CARRIER, DISTANCE));
    }

    @Test
    void whatTheSlotDeclaresAndTheVersionDoesNotReadIsLeftAlone() throws Exception {
        serve(OnnxFiles.linear(2), Registry.signature("distance"));

        assertEquals(4f, CatalogFixture.probability(fixture.infer("1", Tensor.column("carrier", "AS"), DISTANCE)));
    }

    @Test
    void furtherOutputsAreGivenToThoseWhoAskForThem() throws Exception {
        var extra = new TensorSpec("extra", DataType.FP32, List.of(-1L, 1L));
        Signature signature = new Signature(
                Registry.signature("distance").inputs(),
                List.of(extra, new TensorSpec("probability", DataType.FP32, List.of(-1L, 1L))));
        serve(OnnxFiles.withExtraOutput(), signature);

        assertEquals(List.of("probability"), names(fixture.infer("1", DISTANCE)));
        assertEquals(List.of("probability", "extra"), names(infer(List.of("probability", "extra"), DISTANCE)));
        assertEquals(
                "model 'eta' version '1': output 'p' is unknown, expected [extra, probability]",
                malformed(() -> infer(List.of("p"), DISTANCE)));
    }

    @Test
    void aRequestThatDoesNotFitNamesTheTensorWhatWasExpectedAndWhatCame() throws Exception {
        serve(OnnxFiles.lookup(Map.of("AS", 2f), 1), Registry.signature("distance", "carrier"));

        assertEquals(
                "model 'eta' version '1': input 'carrier' is missing, expected BYTES with shape [-1, 1]",
                malformed(() -> fixture.infer("1", DISTANCE)));
        assertEquals(
                "model 'eta' version '1': input 'distnace' is unknown, expected [distance, carrier, position]",
                malformed(() -> fixture.infer("1", CARRIER, Tensor.column("distnace", 1f))));
        assertEquals(
                "model 'eta' version '1': input 'distance' is INT64, expected FP32",
                malformed(() -> fixture.infer("1", CARRIER, Tensor.column("distance", 1L, 2L))));
        assertEquals(
                "model 'eta' version '1': input 'distance' has shape [2], expected [-1, 1]",
                malformed(() -> fixture.infer(
                        "1", CARRIER, new Tensor("distance", List.of(2L), new TensorData.Fp32(new float[] {1, 2})))));
        assertEquals(
                "model 'eta' version '1': input 'carrier' has 1 rows, input 'distance' has 2",
                malformed(() -> fixture.infer("1", DISTANCE, Tensor.column("carrier", "AS"))));
    }

    @Test
    void aModelThatFailsOnARequestAnswersTheNext() throws Exception {
        serve(OnnxFiles.failing(), Registry.signature("position"));

        InferenceFailure failure =
                assertThrows(InferenceFailure.class, () -> fixture.infer("1", Tensor.column("position", 9L)));

        assertEquals(Cause.FAILED, failure.why());
        assertTrue(failure.getMessage().startsWith("model 'eta' version '1' failed: "), failure.getMessage());
        assertEquals(0.2f, CatalogFixture.probability(fixture.infer("1", Tensor.column("position", 1L))));
    }

    @Test
    void anOutputThatIsNotFiniteIsAFailure() throws Exception {
        serve(OnnxFiles.logarithm(), Registry.signature("distance"));

        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> fixture.infer("1", -1f));

        assertEquals(Cause.FAILED, failure.why());
        assertEquals(
                "model 'eta' version '1': output 'probability' value 0 is NaN, expected a finite number",
                failure.getMessage());
    }

    @Test
    void anOutputThatIsNotFiniteForAnInputThatIsNotIsTheRequestsFault() throws Exception {
        serve(OnnxFiles.logarithm(), Registry.signature("distance"));

        assertEquals(
                "model 'eta' version '1': output 'probability' value 0 is NaN, expected a finite number; input 'distance'"
                        + " value 0 is NaN, send a finite one",
                malformed(() -> fixture.infer("1", Float.NaN)));
    }

    private InferenceResponse infer(List<String> outputs, Tensor... inputs) {
        return fixture.catalog.infer(
                "eta", "1", CatalogFixture.call(new InferenceRequest(null, Map.of(), List.of(inputs), outputs)));
    }

    private static List<String> names(InferenceResponse response) {
        return response.outputs().stream().map(Tensor::name).toList();
    }

    private static String malformed(org.junit.jupiter.api.function.Executable request) {
        InferenceFailure failure = assertThrows(InferenceFailure.class, request);
        assertEquals(Cause.MALFORMED, failure.why());
        return failure.getMessage();
    }
}
