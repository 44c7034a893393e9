package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent to whichever endpoint, the answer says what is wrong with it, and the process goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsIT {
    private static final String BASE = "http://127.0.0.1:29170";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private Application platform;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        platform = Application.start(
                folder.resolve("up.out"),
                List.of(),
                "up",
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                "29170");
        for (int tries = 0; !isReady(); tries++) {
            assertTrue(platform.isAlive() && tries < 600, platform.output());
            Thread.sleep(200);
        }
    }

    @AfterAll
    void stop() {
        http.close();
        platform.close();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send("GET", "/q/health/ready", null, null).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String contentType)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(BASE + path)).timeout(Duration.ofSeconds(20));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
        JsonNode paths = JSON.readTree(
                        send("GET", "/q/openapi?format=json", null, null).body())
                .get("paths");
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
                HttpResponse<String> answer = send(operation[0], operation[1], null, null);
                if (answer.statusCode() >= 300 && !isError(answer)) {
                    wrong.add(operation[0] + " " + operation[1] + ": " + show(answer));
                }
                continue;
            }
            for (var body : bodies().entrySet()) {
                for (String type : new String[] {null, "application/json", "application/x-www-form-urlencoded"}) {
                    HttpResponse<String> answer = send(operation[0], operation[1], body.getValue(), type);
                    if (!isError(answer)) {
                        wrong.add(operation[0] + " " + operation[1] + " with " + body.getKey() + " as " + type + ": "
                                + show(answer));
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(isReady(), platform.output());
    }

    @Test
    void whatIsNotThereOrNotAllowedIsAnErrorOfTheSameForm() throws IOException, InterruptedException {
        var wrong = new ArrayList<String>();
        for (String[] request : new String[][] {
            {"GET", "/api/nosuch"},
            {"GET", "/v2/models/nosuch"},
            {"DELETE", "/v2/models/nosuch/infer"},
            {"PATCH", "/api/outcomes"},
            {"GET", "/api/looks/none"},
            {"GET", "/api/audit?limit=many"},
            {"GET", "/api/slots/nosuch/champion?at=yesterday"},
            {"GET", "/api/experiments/%00"},
            {"GET", "/api/slots/a%2Fb"}
        }) {
            HttpResponse<String> answer = send(request[0], request[1], null, null);
            if (!isError(answer)) {
                wrong.add(request[0] + " " + request[1] + ": " + show(answer));
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** 4xx, or 501 for what the protocol has and this server has not; the body is exactly the one key. */
    private static boolean isError(HttpResponse<String> answer) {
        boolean status = (answer.statusCode() >= 400 && answer.statusCode() < 500) || answer.statusCode() == 501;
        try {
            JsonNode body = JSON.readTree(answer.body());
            return status && body.size() == 1 && !body.path("error").asText().isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    private static String show(HttpResponse<String> answer) {
        String body = answer.body();
        return answer.statusCode() + " " + body.substring(0, Math.min(200, body.length()));
    }
}
