package dev.ringside.contract.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import dev.ringside.contract.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceResponseJsonTest {
    private static final InferenceResponse RIDE = new InferenceResponse(
            "eta",
            "3",
            "ride-17",
            Map.of("prediction_id", "01…", "variant", "champion", "propensity", 0.5),
            List.of(
                    Tensor.column("probability", 0.25f, 1e-8f),
                    new Tensor("label", List.of(2L), new TensorData.Int64(new long[] {0, 1})),
                    new Tensor("word", List.of(1L, 2L), new TensorData.Bytes(new String[] {"late", "on time"}))));

    @Test
    void aResponseIsWrittenAsItStandsInTheGoldenSample() {
        assertEquals(Sample.text("response.json"), new String(InferenceJson.writeResponse(RIDE), UTF_8));
    }

    @Test
    void aResponseIsReadAsItStandsInTheGoldenSample() {
        assertEquals(RIDE, InferenceJson.readResponse(Sample.bytes("response.json")));
    }

    @Test
    void aResponseWithoutIdAndParametersHasNoneOfTheseKeys() {
        var response = new InferenceResponse("eta", "3", null, Map.of(), List.of());

        assertEquals(
                "{\"model_name\":\"eta\",\"model_version\":\"3\",\"outputs\":[]}",
                new String(InferenceJson.writeResponse(response), UTF_8));
    }

    @Test
    void anOutputThatIsNotFiniteIsAFailureOfTheModel() {
        var response = new InferenceResponse(
                "eta", "3", null, Map.of(), List.of(Tensor.column("probability", 0.5f, Float.NaN)));

        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> InferenceJson.writeResponse(response));

        assertEquals(Cause.FAILED, failure.why());
        assertEquals(
                "model 'eta' version '3': output 'probability' value 1 is NaN, expected a finite number",
                failure.getMessage());
    }

    @Test
    void aParameterOfAnotherTypeIsAMistakeOfTheCaller() {
        var response = new InferenceResponse("eta", "3", null, Map.of("time", List.of()), List.of());

        var mistake = assertThrows(IllegalArgumentException.class, () -> InferenceJson.writeResponse(response));

        assertTrue(mistake.getMessage().startsWith("parameter 'time' must be a text"), mistake.getMessage());
    }

    @Test
    void anAnswerOfAnotherServerThatIsNotUnderstoodIsAFailureOfIt() {
        for (String body : List.of(
                "<html>",
                "{}",
                "{\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP16\"}]}",
                "{\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[NaN]}]}")) {
            InferenceFailure failure =
                    assertThrows(InferenceFailure.class, () -> InferenceJson.readResponse(body.getBytes(UTF_8)));
            assertEquals(Cause.FAILED, failure.why());
            assertTrue(
                    failure.getMessage().startsWith("the server's answer is not understood: "), failure.getMessage());
        }
    }

    @Test
    void anErrorBodyHasExactlyOneKey() {
        assertEquals(
                Sample.text("error.json"),
                new String(InferenceJson.error("input 'distance': expected \"a number\""), UTF_8));
        assertEquals("input 'distance': expected \"a number\"", InferenceJson.readError(Sample.bytes("error.json")));
        assertNull(InferenceJson.readError("not found".getBytes(UTF_8)));
    }

    @Test
    void healthIsAnsweredInJson() {
        assertEquals("{\"live\":true}", new String(InferenceJson.live(true), UTF_8));
        assertEquals("{\"ready\":false}", new String(InferenceJson.ready(false), UTF_8));
    }

    @Test
    void theServersMetadataIsWrittenAsItStandsInTheGoldenSample() {
        ServerMetadata metadata = ServerMetadata.ringside("0.1.0");

        assertEquals(Sample.text("server-metadata.json"), Json.pretty(metadata));
        assertEquals(metadata, Json.read(Sample.bytes("server-metadata.json"), ServerMetadata.class));
    }
}
