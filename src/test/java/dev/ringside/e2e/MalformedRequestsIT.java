package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.e2e.RunningPlatform.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent to whichever endpoint, the answer says what is wrong with it, and the process goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsIT {
    /** Triton's clients ask it with no body or an empty object; keys that the protocol does not know are skipped. */
    private static final String INDEX = "/v2/repository/index";

    private static final Set<String> SKIPPED = Set.of("nothing", "an unknown field", "wrong types", "NUL");

    private static final int PORT = 29170;

    private RunningPlatform platform;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        platform = RunningPlatform.start(folder.resolve("data"), PORT);
        EchoModel.install(platform);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private Answer send(String method, String path, byte[] body, String contentType)
            throws IOException, InterruptedException {
        var request = platform.request(path).method(method, BodyPublishers.ofByteArray(body));
        return platform.send((contentType == null ? request : request.header("Content-Type", contentType)).build());
    }

    private Answer send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, new byte[0], null);
    }

    private static Map<String, byte[]> bodies() {
        var bodies = new TreeMap<String, byte[]>();
        bodies.put("nothing", new byte[0]);
        bodies.put("broken", utf8("{\"name\": "));
        bodies.put("a text", utf8("\"text\""));
        bodies.put("null", utf8("null"));
        bodies.put("a number", utf8("1e999"));
        bodies.put("an unknown field", utf8("{\"no_such_field\": 1}"));
        bodies.put("wrong types", utf8("{\"name\": [], \"slot\": 7, \"version\": {}, \"inputs\": \"x\", \"time\": 5}"));
        bodies.put("NUL", utf8("{\"name\": \"a\\u0000b\", \"version\": \"a\\u0000\", \"why\": \"\\u0000\"}"));
        bodies.put("deep", utf8("[".repeat(20_000)));
        bodies.put("no UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        return bodies;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Every operation that the application documents, but for the stream, which never ends, and the upload of files, which
     * may be any bytes.
     */
    private List<String[]> operations() throws IOException, InterruptedException {
        JsonNode paths = platform.get("/q/openapi?format=json").json().get("paths");
        var operations = new ArrayList<String[]>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!path.getKey().equals("/api/stream") && !path.getKey().equals("/api/artefacts")) {
                        operations.add(new String[] {
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey().replaceAll("\\{[^}]*}", "nosuch")
                        });
                    }
                }));
        return operations;
    }

    @Test
    void everyEndpointAnswersEveryMalformedBodyWithAnErrorThatSaysWhy() throws IOException, InterruptedException {
        var wrong = new ArrayList<String>();
        List<String[]> operations = operations();
        assertTrue(operations.size() > 30, "only " + operations.size() + " operations are documented");
        for (String[] operation : operations) {
            if (operation[0].equals("GET") || operation[0].equals("DELETE")) {
                Answer answer = send(operation[0], operation[1]);
                if (answer.status() >= 300 && !isRefusal(answer)) {
                    wrong.add(operation[0] + " " + operation[1] + ": " + answer);
                }
                continue;
            }
            for (var body : bodies().entrySet()) {
                for (String type : new String[] {null, "application/json", "application/x-www-form-urlencoded"}) {
                    Answer answer = send(operation[0], operation[1], body.getValue(), type);
                    boolean skipped = operation[1].equals(INDEX) && SKIPPED.contains(body.getKey());
                    if (skipped ? answer.status() != 200 : !isRefusal(answer)) {
                        wrong.add(operation[0] + " " + operation[1] + " with " + body.getKey() + " as " + type + ": "
                                + answer);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertStillReady();
    }

    @Test
    void whatIsNotThereOrNotAllowedIsAnErrorOfTheSameForm() throws IOException, InterruptedException {
        var wrong = new ArrayList<String>();
        for (String[] request : new String[][] {
            {"GET", "/api/nosuch"},
            {"GET", "/v2/models/nosuch"},
            {"DELETE", "/v2/models/nosuch/infer"},
            {"PATCH", "/api/outcomes"},
            {"POST", "/api/artefacts"},
            {"GET", "/api/looks/none"},
            {"GET", "/api/audit?limit=many"},
            {"GET", "/api/slots/nosuch/champion?at=yesterday"},
            {"GET", "/api/experiments/%00"},
            {"GET", "/api/slots/a%2Fb"}
        }) {
            Answer answer = send(request[0], request[1]);
            if (!isRefusal(answer)) {
                wrong.add(request[0] + " " + request[1] + ": " + answer);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aDocumentWithOneWrongPlaceIsRefusedByItsNameOrTaken() throws IOException, InterruptedException {
        var wrong = new ArrayList<String>();
        int requests = 0;
        for (var right : documents().entrySet()) {
            String[] target = right.getKey().split(" ", -1);
            for (var mutation : Mutations.of(right.getValue()).entrySet()) {
                Answer answer = send(target[0], target[1], utf8(mutation.getValue()), "application/json");
                requests++;
                boolean taken = answer.status() < 300;
                if (!taken && !(isRefusal(answer) && says(answer, mutation.getKey()))) {
                    wrong.add(right.getKey() + ", " + mutation.getKey() + ": " + answer);
                }
            }
        }
        assertEquals(List.of(), wrong, "of " + requests + " requests");
        assertTrue(requests > 1000, "only " + requests + " requests");
        assertStillReady();
    }

    /** Whether a malformed document's complaint names the field, or the one around it, in words and not in ours. */
    private static boolean says(Answer answer, String mutation) {
        String complaint = answer.body();
        boolean named = Arrays.stream(mutation.split(" ", 2)[0].split("/", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> name.matches("\\d+") ? "[" + name + "]" : name.replaceAll("s$", ""))
                .anyMatch(complaint::contains);
        return answer.status() != 400
                || (named && !complaint.contains("Exception") && !complaint.contains("instance of"));
    }

    /** A right document for each endpoint that takes one. */
    private static Map<String, String> documents() {
        var documents = new LinkedHashMap<String, String>();
        documents.put("PUT /api/slots/mutant", EchoModel.slot("mutant"));
        documents.put("POST /api/slots/echo/versions", EchoModel.manifest("3"));
        documents.put("PUT /api/experiments/mutant", EchoModel.experiment("mutant", "west"));
        documents.put("POST /v2/models/echo/infer", EchoModel.request("m-1", "ride-m", "west"));
        documents.put("POST /v2/models/echo/versions/1/infer", EchoModel.request("m-2", "ride-m", "west"));
        documents.put("POST /api/outcomes", """
                [{"event_id": "m-1", "revision": 1, "retraction": false, "unit": "ride-m", "name": "fare", "value": 1.5,
                  "time": "%s"}]
                """.formatted(Instant.now()));
        documents.put("POST /api/slots/echo/champion", """
                {"segment": "south", "version": "2", "expected": "1", "why": "because"}
                """);
        documents.put("POST /api/slots/echo/roll-back", """
                {"segment": "south", "to": "1", "why": "because"}
                """);
        documents.put("PUT /api/slots/echo/overrides/ride-o", """
                {"version": "2", "why": "because"}
                """);
        documents.put("POST /api/clock", """
                {"time": "2001-04-01T00:00:00Z"}
                """);
        documents.put("POST /api/router/break-glass", """
                {"slot": "mutant", "segment": "west", "forced": false, "why": "because"}
                """);
        for (String verb : List.of("promote", "roll-back", "stop", "start")) {
            documents.put("POST /api/experiments/mutant/" + verb, """
                    {"segment": "west", "why": "because"}
                    """);
        }
        return documents;
    }

    private void assertStillReady() throws IOException, InterruptedException {
        for (String path : List.of("/q/health/ready", "/v2/health/ready")) {
            Answer answer = platform.get(path);
            assertEquals(200, answer.status(), answer::toString);
        }
    }

    /** An error that is the client's: 4xx, or 501 for what the protocol has and this server has not. */
    private static boolean isRefusal(Answer answer) {
        return answer.isError() && (answer.status() < 500 || answer.status() == 501);
    }
}
