package dev.ringside.contract.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.contract.inference.InferenceFailure.Cause;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceRequestErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}| 'inputs' is missing, expected an array of tensors",
                "[1]| the body: expected a JSON object, found an array",
                "``| the body: expected a JSON object, found nothing",
                "{'inputs':[{'name':'x','shape':[0],'datatype':'FP32','data':[]}]} {}"
                        + "| the body: expected nothing after its object, found an object",
                "{'id':7,'inputs':[]}| 'id': expected a text, found 7",
                "{'inputs':{}}| 'inputs': expected an array of tensors, found an object",
                "{'inputs':[3]}| inputs[0]: expected an object with name, shape, datatype and data, found 3",
                "{'inputs':[{'shape':[1],'datatype':'FP32','data':[1]}]}| inputs[0]: 'name' is missing",
                "{'inputs':[{'name':'x','shape':[1],'data':[1]}]}"
                        + "| input 'x': 'datatype' is missing, expected BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16,"
                        + " UINT32, UINT64, FP16, BF16, FP32, FP64 or BYTES",
                "{'inputs':[{'name':'x','datatype':'FP32','data':[1]}]}"
                        + "| input 'x': 'shape' is missing, expected such as [1, 1]",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP32'}]}"
                        + "| input 'x': 'data' is missing, expected an array of FP32 values",
                "{'inputs':[{'name':'x','shape':[-1,1],'datatype':'FP32','data':[1]}]}"
                        + "| input 'x': 'shape': expected whole numbers of 0 or more, found -1",
                "{'inputs':[{'name':'x','shape':4,'datatype':'FP32','data':[1]}]}"
                        + "| input 'x': 'shape': expected an array of whole numbers, found 4",
                "{'inputs':[{'name':'x','shape':[4000000000,4000000000],'datatype':'FP32','data':[1]}]}"
                        + "| input 'x': 'shape': [4000000000, 4000000000] has more values than can be counted",
                "{'inputs':[{'name':'x','shape':[2,2],'datatype':'FP32','data':[[1,2],[3]]}]}"
                        + "| input 'x': expected 4 values as its shape [2, 2] says, found 3",
                "{'inputs':[{'name':'x','shape':[2],'datatype':'FP32','data':7}]}"
                        + "| input 'x': 'data': expected an array of FP32 values, found 7",
                "{'inputs':[{'name':'x','shape':[2],'datatype':'FP32','data':[1,'two']}]}"
                        + "| input 'x': 'data' value 1: expected a number (FP32), found \"two\"",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','data':[null]}]}"
                        + "| input 'x': 'data' value 0: expected a number (FP32), found null",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','data':[1e39]}]}"
                        + "| input 'x': 'data' value 0: expected a number within the range of FP32, found 1e39",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'INT64','data':[1.0]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number of 64 bits (INT64), found 1.0",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'INT64','data':[9223372036854775808]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number of 64 bits (INT64),"
                        + " found 9223372036854775808",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'BOOL','data':[2]}]}"
                        + "| input 'x': 'data' value 0: expected true or false (BOOL), found 2",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'BOOL','data':['true']}]}"
                        + "| input 'x': 'data' value 0: expected true or false (BOOL), found \"true\"",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'INT8','data':[128]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from -128 to 127 (INT8), found 128",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'INT16','data':[-32769]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from -32768 to 32767 (INT16),"
                        + " found -32769",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'INT32','data':[2147483648]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from -2147483648 to 2147483647 (INT32),"
                        + " found 2147483648",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'UINT8','data':[-1]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from 0 to 255 (UINT8), found -1",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'UINT16','data':[65536]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from 0 to 65535 (UINT16), found 65536",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'UINT32','data':[4294967296]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number from 0 to 4294967295 (UINT32),"
                        + " found 4294967296",
                "{'inputs':[{'name':'x','shape':[2],'datatype':'UINT64','data':[0,18446744073709551616]}]}"
                        + "| input 'x': 'data' value 1: expected a whole number from 0 to 18446744073709551615 (UINT64),"
                        + " found 18446744073709551616",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'UINT8','data':[1.5]}]}"
                        + "| input 'x': 'data' value 0: expected a whole number (UINT8), found 1.5",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP16','data':[65536]}]}"
                        + "| input 'x': 'data' value 0: expected a number within the range of FP16, found 65536",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'BF16','data':[3.3961776e38]}]}"
                        + "| input 'x': 'data' value 0: expected a number within the range of BF16, found 3.3961776e38",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP16','data':['x']}]}"
                        + "| input 'x': 'data' value 0: expected a number (FP16), found \"x\"",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP64','data':[1e309]}]}"
                        + "| input 'x': 'data' value 0: expected a number within the range of FP64, found 1e309",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP64','data':['x']}]}"
                        + "| input 'x': 'data' value 0: expected a number (FP64), found \"x\"",
                "{'inputs':[{'data':[true],'name':'x','shape':[1],'datatype':'BYTES'}]}"
                        + "| input 'x': 'data' value 0: expected a text (BYTES), found true",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'BYTES','data':['\\ud800a']}]}"
                        + "| input 'x': 'data' value 0: expected a text of Unicode characters (BYTES), found \"\ud800a\"",
                "{'inputs':[{'name':'x','shape':[1],'datatype':'double','data':[1]}]}"
                        + "| input 'x': datatype \"double\" is none of the protocol's, expected BOOL, INT8, INT16, INT32,"
                        + " INT64, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP32, FP64 or BYTES",
                "{'inputs':[{'name':'x','shape':[0],'datatype':'FP32','data':[]},{'name':'x','shape':[0],"
                        + "'datatype':'FP32','data':[]}]}| input 'x': expected once, found twice",
                "{'inputs':[],'outputs':'y'}| 'outputs': expected an array of objects with a name, found \"y\"",
                "{'inputs':[],'outputs':[{}]}| outputs[0]: 'name' is missing",
                "{'inputs':[],'outputs':[{'name':'y'},{'name':'y'}]}"
                        + "| requested output 'y': expected once, found twice",
                "{'inputs':[],'outputs':[{'name':'y','parameters':{'classification':-1}}]}"
                        + "| outputs[0]: parameter 'classification': expected how many classes, found -1",
                "{'inputs':[],'outputs':[{'name':'y','parameters':{'classification':99999999999}}]}"
                        + "| outputs[0]: parameter 'classification': expected how many classes, found 99999999999",
                "{'inputs':[],'parameters':[]}| 'parameters': expected an object, found an array",
                "{'inputs':[],'parameters':{'unit':['a']}}"
                        + "| parameter 'unit': expected a text, a number or a boolean, found an array",
                "{'inputs':[],'parameters':{'surge':NaN}}" + "| parameter 'surge': expected a finite number, found NaN",
            })
    void aMalformedRequestNamesWhatWasExpectedAndFound(String body, String message) {
        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> InferenceRequestJsonTest.read(body));

        assertEquals(message, failure.getMessage());
        assertEquals(Cause.MALFORMED, failure.why());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'inputs':[{'name':'x','shape':[1],'datatype':'FP32','parameters':{'shared_memory_region':'r'}}]}"
                        + "| input 'x': shared memory is not supported, send the values in 'data'",
                "{'inputs':[],'outputs':[{'name':'y','parameters':{'shared_memory_region':'r'}}]}"
                        + "| outputs[0]: parameter 'shared_memory_region': shared memory is not supported, ask for the"
                        + " values in the response",
            })
    void aFeatureThatIsNotThereIsAnsweredAsUnsupported(String body, String message) {
        InferenceFailure failure = assertThrows(InferenceFailure.class, () -> InferenceRequestJsonTest.read(body));

        assertEquals(message, failure.getMessage());
        assertEquals(501, failure.why().status());
    }

    @Test
    void aBodyThatIsNoJsonSaysWhere() {
        InferenceFailure failure =
                assertThrows(InferenceFailure.class, () -> InferenceRequestJsonTest.read("{'inputs':\n [}"));

        assertEquals(
                "the body is not valid JSON, line 2 column 3",
                failure.getMessage().substring(0, failure.getMessage().indexOf(": ")));
        assertEquals(Cause.MALFORMED, failure.why());
    }

    @Test
    void whateverBytesCome_theAnswerIsARequestOrAFailureOfTheClient() {
        var random = new Random(20_260_101);
        byte[][] samples = {
            Sample.bytes("request.json"), Sample.bytes("request-kserve.json"), Sample.bytes("request-triton-java.json")
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] body = samples[i % samples.length].clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                body[random.nextInt(body.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[],:\"0-e".charAt(random.nextInt(10)));
            }
            try {
                InferenceJson.readRequest(body);
            } catch (InferenceFailure failure) {
                int status = failure.why().status();
                assertEquals(true, status == 400 || status == 501, () -> new String(body, StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                throw new AssertionError("seed 20260101, case " + new String(body, StandardCharsets.UTF_8), e);
            }
        }
    }
}
