package dev.ringside.contract.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceLimitsTest {
    private static final InferenceLimits LIMITS = new InferenceLimits(40, 3, 2);

    private static InferenceBinary.Received read(String body) {
        return InferenceBinary.readRequest(null, body.replace('\'', '"').getBytes(UTF_8), LIMITS);
    }

    private static String input(String name, String shape, String data) {
        return "{'name':'" + name + "','shape':" + shape + ",'datatype':'INT64','data':" + data + "}";
    }

    private static String zeros(int n) {
        return "[" + "0,".repeat(n - 1) + "0]";
    }

    private static void refused(Cause cause, String message, String body) {
        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> read(body));
        assertEquals(message, failure.getMessage());
        assertEquals(cause, failure.why());
    }

    @Test
    void whatIsJustWithinTheLimitsIsRead() {
        assertEquals(
                2,
                read("{'inputs':[" + input("a", "[20,1,1]", "[[" + zeros(20) + "]]") + ","
                                + input("b", "[20]", zeros(20)) + "],'outputs':[{'name':'y'},{'name':'z'}]}")
                        .request()
                        .inputs()
                        .size());
    }

    @Test
    void moreValuesThanAllInputsMayHaveAreRefusedWhetherSentOrOnlyPromised() {
        String rule = ": the request has more than 40 values, the limit here (ringside.inference.elements): send fewer"
                + " rows at a time";
        String first = "{'inputs':[" + input("a", "[20]", zeros(20)) + ",";
        refused(Cause.TOO_LARGE, "input 'b'" + rule, first + input("b", "[21]", zeros(21)) + "]}");
        refused(Cause.TOO_LARGE, "input 'b'" + rule, first + input("b", "[21]", "[]") + "]}");
        refused(Cause.TOO_LARGE, "input 'b'" + rule, first + input("b", "[0,9000000000]", "[]") + "]}");
        refused(Cause.TOO_LARGE, "input 'b'" + rule, first + "{'name':'b','datatype':'INT64','data':" + zeros(5_000));
    }

    @Test
    void moreDimensionsAreRefusedInAShapeAndInNestedValues() {
        refused(
                Cause.MALFORMED,
                "input 'a': 'shape': expected at most 3 dimensions (ringside.inference.dimensions)",
                "{'inputs':[" + input("a", "[1,1,1,1]", "[1]") + "]}");
        refused(
                Cause.MALFORMED,
                "input 'a': 'data': expected at most 3 dimensions (ringside.inference.dimensions)",
                "{'inputs':[" + input("a", "[1]", "[[[[1]]]]") + "]}");
    }

    @Test
    void moreTensorsAreRefused() {
        String inputs = input("a", "[1]", "[1]") + "," + input("b", "[1]", "[1]");
        refused(
                Cause.TOO_LARGE,
                "'inputs': expected at most 2 (ringside.inference.tensors)",
                "{'inputs':[" + inputs + "," + input("c", "[1]", "[1]") + "]}");
        refused(
                Cause.TOO_LARGE,
                "'outputs': expected at most 2 (ringside.inference.tensors)",
                "{'inputs':[" + inputs + "],'outputs':[{'name':'x'},{'name':'y'},{'name':'z'}]}");
    }

    @Test
    void limitsOfNothingAreAMistake() {
        assertThrows(IllegalArgumentException.class, () -> new InferenceLimits(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new InferenceLimits(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new InferenceLimits(1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UNSUPPORTED|'sequence_id':'s-1'|parameter 'sequence_id' is s-1: sequences are not supported, every request"
                        + " stands alone; send it without",
                "UNSUPPORTED|'sequence_end':true|parameter 'sequence_end' is true: sequences are not supported, every"
                        + " request stands alone; send it without",
                "MALFORMED|'priority':1.5|parameter 'priority': expected a whole number of 0 or more, 1 before 2 and 0 last,"
                        + " found 1.5",
                "MALFORMED|'timeout':-1|parameter 'timeout': expected a whole number of 0 or more, in microseconds,"
                        + " found -1",
                "MALFORMED|'headers':'x'|parameter 'headers': the protocol keeps this name to itself: send headers of HTTP"
                        + " or metadata of gRPC",
                "MALFORMED|'triton_x':1|parameter 'triton_x': names that start with 'triton_' are the protocol's own:"
                        + " choose another",
            })
    void namesThatTheProtocolKeepsAreNoParametersOfAClient(Cause cause, String parameters, String message) {
        refused(cause, message, "{'inputs':[" + input("a", "[1]", "[1]") + "],'parameters':{" + parameters + "}}");
    }

    @Test
    void whatMeansNothingHereDoesNotGoOn() {
        assertEquals(
                java.util.Map.of("priority", 2L, "unit", "u"),
                read("{'inputs':[" + input("a", "[1]", "[1]")
                                + "],'parameters':{'sequence_id':0,'sequence_start':false,"
                                + "'triton_enable_empty_final_response':true,'binary_data_output':false,'priority':2,"
                                + "'unit':'u'}}")
                        .request()
                        .parameters());
    }
}
