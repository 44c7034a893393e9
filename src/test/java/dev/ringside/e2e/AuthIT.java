package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.app.access.AccessRole;
import dev.ringside.app.access.ApiKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With API keys configured nobody gets anything without one, and with one what its role may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthIT {
    private static final int PORT = 25970;
    private static final Set<String> OPEN = Set.of("GET /v2/health/live", "GET /v2/health/ready");
    /** What changes nothing though it is a POST: Triton's protocol asks for the index that way. */
    private static final Set<String> READ_BY_POST = Set.of("POST /v2/repository/index");

    private final Map<AccessRole, String> keys = new EnumMap<>(AccessRole.class);
    private RunningPlatform platform;
    private Contract contract;

    @BeforeAll
    void startWithAKeyOfEachRole(@TempDir Path folder) throws Exception {
        var lines = new ArrayList<String>();
        for (AccessRole role : AccessRole.values()) {
            String key = ApiKey.random(new SecureRandom());
            keys.put(role, key);
            lines.add(new ApiKey(role.label() + "-1", role, ApiKey.digest(key)).entry());
        }
        Path file = Files.write(folder.resolve("keys"), lines);
        Path configuration =
                Files.writeString(folder.resolve("auth.properties"), "ringside.auth.keys-file=" + file + "\n");
        platform = RunningPlatform.starting(folder.resolve("data"), PORT, PORT, "--config", configuration.toString());
        platform.await("ready", () -> platform.get("/q/health/ready").status() == 200);
        contract = new Contract(
                ask("GET", "/q/openapi?format=json", AccessRole.VIEWER).json());
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private RunningPlatform.Answer ask(String method, String path, AccessRole role)
            throws IOException, InterruptedException {
        return send(method, path, "Bearer " + keys.get(role));
    }

    private RunningPlatform.Answer send(String method, String path, String authorization)
            throws IOException, InterruptedException {
        var request = platform.request(path)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .header("X-Ringside-Actor", "mallory")
                .header(
                        "Content-Type",
                        path.equals("/api/artefacts") || path.equals("/api/models/inspect")
                                ? "application/octet-stream"
                                : "application/json")
                .timeout(Duration.ofSeconds(60));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return platform.send(request.build());
    }

    private List<String[]> operations() {
        return contract.operations().keySet().stream()
                // The stream never ends.
                .filter(operation -> !operation.equals("GET /api/stream"))
                .map(operation -> operation.replaceAll("\\{[^}]*}", "nosuch").split(" ", 2))
                .toList();
    }

    @Test
    void everyDocumentedOperationIsRefusedWithoutAKeyAndWithAWrongOne() throws Exception {
        for (String[] operation : operations()) {
            for (String authorization : List.of("", "Bearer rsk_wrong", "Basic bm9ib2R5Og==")) {
                var answer = send(operation[0], operation[1], authorization);
                String at = operation[0] + " " + operation[1] + " with '" + authorization + "': " + answer;
                if (OPEN.contains(operation[0] + " " + operation[1])) {
                    assertTrue(answer.status() == 200 || answer.status() == 503, at);
                } else {
                    assertTrue(answer.status() == 401 && answer.isError(), at);
                    assertTrue(
                            answer.response()
                                    .headers()
                                    .firstValue("WWW-Authenticate")
                                    .isPresent(),
                            at);
                }
            }
        }
        assertEquals(401, send("GET", "/", "").status());
        assertEquals(401, send("GET", "/q/metrics", "").status());
        assertEquals(200, send("GET", "/q/health/live", "").status());
    }

    @Test
    void everyDocumentedOperationIsRefusedToSomeRoleOrOpenToAllThatRead() throws Exception {
        for (String[] operation : operations()) {
            var viewer = ask(operation[0], operation[1], AccessRole.VIEWER);
            String at = operation[0] + " " + operation[1] + ": " + viewer;
            if (operation[0].equals("GET") || READ_BY_POST.contains(operation[0] + " " + operation[1])) {
                assertTrue(viewer.status() != 401 && viewer.status() != 403, at);
            } else {
                assertTrue(viewer.status() == 403 && viewer.body().contains("'viewer-1' has the role viewer"), at);
            }
            var operator = ask(operation[0], operation[1], AccessRole.OPERATOR);
            assertTrue(
                    operator.status() != 401 && operator.status() != 403,
                    operation[0] + " " + operation[1] + ": " + operator);
        }
    }

    @Test
    void aServicePredictsAndDecidesNothing() throws Exception {
        var predicted = ask("POST", "/v2/models/nosuch/infer", AccessRole.SERVICE);
        assertTrue(predicted.status() == 400 || predicted.status() == 404, predicted::toString);
        assertEquals(400, ask("POST", "/api/outcomes", AccessRole.SERVICE).status());
        assertEquals(
                403,
                ask("POST", "/api/slots/nosuch/champion", AccessRole.SERVICE).status());
        // The control plane of a split platform has model files inspected by its model server.
        assertEquals(400, ask("POST", "/api/models/inspect", AccessRole.SERVICE).status());
        assertEquals(403, ask("GET", "/api/experiments", AccessRole.SERVICE).status());
        assertEquals(
                403,
                ask("POST", "/v2/models/nosuch/infer", AccessRole.EXPERIMENTER).status());
    }

    @Test
    void theAuditNamesTheKeyAndNotWhoSomebodyClaimsToBe() throws Exception {
        var put = platform.send(platform.request("/api/slots/echo")
                .PUT(BodyPublishers.ofString(EchoModel.slot("echo")))
                .header("Content-Type", "application/json")
                .header("X-Ringside-Actor", "mallory")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("anything:" + keys.get(AccessRole.OPERATOR))
                                                .getBytes(StandardCharsets.UTF_8)))
                .build());
        assertEquals(200, put.status(), put::toString);
        JsonNode line = ask("GET", "/api/audit?limit=1", AccessRole.VIEWER).json();
        JsonNode first = line.isArray() ? line.get(0) : line.path("entries").get(0);
        assertEquals("operator-1", first.get("actor").asText(), line::toString);
        assertTrue(first.get("verified").asBoolean(), line::toString);
    }
}
