package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringside.e2e.RunningPlatform.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A running application answers what {@code /q/openapi} says, neither a key more nor a key less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {
    private static final int PORT = 29370;
    private static final int UNITS = 300;
    private static final List<String> BROKEN = List.of("", "{", "{\"no_such_field\": 1}", "{\"version\": 7}");

    /**
     * A writer that will not come back is not to be had from one living platform, and what its control plane decides no
     * client loads.
     */
    private static final Set<String> NOT_ASKED = Set.of(
            "POST /api/fleet/{id}/retire",
            "POST /v2/repository/models/{model}/load",
            "POST /v2/repository/models/{model}/unload",
            "POST /v2/repository/models/{model}/versions/{version}/load",
            "POST /v2/repository/models/{model}/versions/{version}/unload");

    private final Set<String> asked = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private RunningPlatform platform;
    private Contract contract;

    @BeforeAll
    void decideAnExperimentByAReplaysClock(@TempDir Path folder) throws Exception {
        Path configuration = Files.writeString(folder.resolve("replay.properties"), "ringside.clock=request\n");
        platform = RunningPlatform.starting(folder.resolve("data"), PORT, PORT, "--config", configuration.toString());
        platform.await("ready", () -> platform.get("/q/health/ready").status() == 200);
        contract = new Contract(platform.get("/q/openapi?format=json").json());
        clock("2001-04-01T00:00:00Z");
        EchoModel.install(platform);
        clock("2001-04-01T01:00:00Z");
        for (int unit = 0; unit < UNITS; unit++) {
            Answer answer = platform.post("/v2/models/echo/infer", prediction(unit));
            assertEquals(200, answer.status(), answer::toString);
        }
        Answer accepted = platform.post(
                "/api/outcomes",
                IntStream.range(0, UNITS).mapToObj(ContractIT::outcome).collect(Collectors.joining(",", "[", "]")));
        assertEquals(202, accepted.status(), accepted::toString);
        // The first day, and its outcomes' window and grace.
        clock("2001-04-04T01:00:00Z");
    }

    @BeforeEach
    void nothingIsWrongYet() {
        wrong.clear();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private void clock(String time) throws IOException, InterruptedException {
        Answer answer = platform.post("/api/clock", "{\"time\": \"" + time + "\"}");
        assertEquals(200, answer.status(), answer::toString);
    }

    private static String prediction(int unit) {
        return EchoModel.request("r-" + unit, "ride-" + unit, "north")
                .replace("\"unit\":", "\"time\": \"2001-04-01T02:00:00Z\", \"unit\":");
    }

    private static String outcome(int unit) {
        return "{\"event_id\": \"o-%d\", \"unit\": \"ride-%d\", \"name\": \"fare\", \"value\": %d,"
                        .formatted(unit, unit, unit % 7)
                + " \"time\": \"2001-04-01T03:00:00Z\"}";
    }

    /** Asks, and compares the answer with what is documented. */
    private Answer ask(String method, String path, String body) throws IOException, InterruptedException {
        return ask(method, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer ask(String method, String path, byte[] body) throws IOException, InterruptedException {
        Answer answer = platform.send(method, path, body);
        String operation = contract.operation(method, path.split("\\?", 2)[0]).orElse("none");
        String at = method + " " + path + ": " + answer.status();
        JsonNode documented = contract.operations()
                .getOrDefault(operation, MissingNode.getInstance())
                .path("responses")
                .path(Integer.toString(answer.status()));
        if (documented.isMissingNode()) {
            wrong.add(at + " is not documented: " + answer);
            return answer;
        }
        JsonNode content = contract.resolved(documented).path("content");
        String type = answer.response()
                .headers()
                .firstValue("Content-Type")
                .orElse("none")
                .split(";", 2)[0];
        if (!content.has(type)) {
            wrong.add(at + ": the content type " + type + " is not documented");
        } else if (type.equals("application/json")) {
            contract.problems(content.get(type).get("schema"), answer.json())
                    .forEach(problem -> wrong.add(at + ": " + problem));
        }
        if (answer.status() < 300) {
            asked.add(operation);
        }
        return answer;
    }

    private JsonNode read(String path) throws IOException, InterruptedException {
        return done("GET", path, "").json();
    }

    private Answer done(String method, String path, String body) throws IOException, InterruptedException {
        Answer answer = ask(method, path, body);
        assertTrue(answer.status() < 300, () -> method + " " + path + ": " + answer);
        return answer;
    }

    @Test
    void theContractIsGivenAsItIsWrittenAndAsJson() throws IOException, InterruptedException {
        Answer written = platform.get("/q/openapi");
        assertEquals(
                Optional.of("application/yaml;charset=UTF-8"),
                written.response().headers().firstValue("content-type"));
        assertTrue(written.body().startsWith("# The contract of the HTTP API"), written::toString);
        assertEquals(written.body(), platform.get("/q/openapi.yaml").body());
        Answer json = platform.get("/q/openapi.json");
        assertEquals(
                Optional.of("application/json;charset=UTF-8"),
                json.response().headers().firstValue("content-type"));
        assertEquals(json.body(), platform.get("/q/openapi?format=json").body());
        String version = json.json().at("/info/version").asText();
        assertNotEquals("0.0.0", version);
        assertTrue(written.body().contains("\n  version: " + version + "\n"), version);
    }

    @Test
    void everyOperationAnswersAsItIsDocumented() throws IOException, InterruptedException {
        everythingThatIsRead();
        everythingThatIsChanged();
        assertEquals("changed", stream());
        var all = new TreeSet<>(contract.operations().keySet());
        all.removeAll(NOT_ASKED);
        assertEquals(List.of(), wrong);
        assertEquals(all, asked);
    }

    private void everythingThatIsRead() throws IOException, InterruptedException {
        for (String path : List.of("/v2", "/v2/health/live", "/v2/health/ready", "/api/slots", "/api/experiments")) {
            read(path);
        }
        for (String what : List.of("clock", "audit?limit=1000", "books", "archive", "fleet", "servers", "router")) {
            read("/api/" + what);
        }
        for (String model : List.of("/v2/models/echo", "/v2/models/echo/versions/1")) {
            read(model);
            read(model + "/ready");
            read(model + "/config");
            read(model + "/stats");
        }
        read("/v2/models/stats");
        done("POST", "/v2/repository/index", "{\"ready\": true}");
        read("/api/slots/echo");
        read("/api/slots/echo/versions");
        read("/api/slots/echo/versions/1/lineage");
        read("/api/slots/echo/champion?segment=north&at=2001-04-02T00:00:00Z");
        done("GET", "/api/artefacts/" + EchoModel.sha256(), "");
        read("/api/artefacts/" + EchoModel.sha256() + "/model");
        JsonNode duel = read("/api/experiments/duel");
        assertTrue(duel.at("/regions/0/kpis/0/lower").isNumber(), duel::toString);
        assertFalse(read("/api/experiments/duel/regions/north/series").isEmpty());
        read("/api/experiments/duel/regions/north/cohorts");
        JsonNode looks = read("/api/experiments/duel/regions/north/looks");
        read("/api/looks/" + looks.get(0).get("id").asText());
    }

    private void everythingThatIsChanged() throws IOException, InterruptedException {
        done("POST", "/api/clock", "{\"time\": \"2001-04-05T01:00:00Z\"}");
        String later = prediction(0).replace("2001-04-01T02", "2001-04-05T02").replace("\"r-0\"", "\"later\"");
        Answer routed = done("POST", "/v2/models/echo/infer", later);
        assertTrue(routed.json().at("/parameters").has("experiment"), routed::toString);
        done("POST", "/v2/models/echo/versions/1/infer", EchoModel.request("direct", "ride-0", "north"));
        done("POST", "/api/outcomes", outcome(1).replace("2001-04-01T03", "2001-04-05T03"));
        done("POST", "/api/artefacts", "a file");
        assertTrue(ask("POST", "/api/models/inspect", EchoModel.onnx()).status() < 300);
        done("PUT", "/api/slots/echo", EchoModel.slot("echo"));
        for (String version : List.of("1", "3")) {
            done("POST", "/api/slots/echo/versions", EchoModel.manifest(version));
        }
        whatGatesRefused();
        for (String version : List.of("2", "1")) {
            done(
                    "POST",
                    "/api/slots/echo/champion",
                    "{\"segment\": \"south\", \"version\": \"" + version + "\", \"why\": \"seen\"}");
        }
        done("POST", "/api/slots/echo/roll-back", "{\"segment\": \"south\", \"why\": \"seen\"}");
        done("PUT", "/api/slots/echo/overrides/me", "{\"version\": \"2\", \"why\": \"mine\"}");
        read("/api/slots/echo");
        done("DELETE", "/api/slots/echo/overrides/me", "");
        done("PUT", "/api/experiments/again", EchoModel.experiment("again", "west"));
        for (String verb : List.of("start", "promote", "end-holdback", "roll-back")) {
            done("POST", "/api/experiments/again/" + verb, "{\"why\": \"seen\"}");
        }
        for (String verb : List.of("pause", "resume", "stop")) {
            done("POST", "/api/experiments/duel/" + verb, "{\"why\": \"seen\"}");
        }
        done("PUT", "/api/experiments/draft", EchoModel.experiment("draft", "west"));
        done("DELETE", "/api/experiments/draft", "");
        read("/api/experiments");
        for (String verb : List.of("retire", "restore")) {
            done("POST", "/api/slots/echo/versions/3/" + verb, "{\"why\": \"seen\"}");
        }
        done("DELETE", "/api/slots/echo/versions/3", "");
        for (boolean forced : List.of(true, false)) {
            String place = "{\"slot\": \"echo\", \"segment\": \"west\", \"why\": \"drill\", \"forced\": ";
            done("POST", "/api/router/break-glass", place + forced + "}");
            read("/api/router/break-glass");
        }
        read("/api/router");
        read("/api/audit");
    }

    private void whatGatesRefused() throws IOException, InterruptedException {
        done("POST", "/api/slots/echo/versions", EchoModel.refused("4"));
        JsonNode versions = read("/api/slots/echo/versions");
        assertTrue(versions.findValues("refused").stream().anyMatch(gates -> gates.size() == 1), versions::toString);
        read("/api/slots/echo/versions/4/lineage");
        Answer refusal = ask("POST", "/api/slots/echo/champion", "{\"version\": \"4\", \"why\": \"no\"}");
        assertTrue(refusal.status() == 409 && refusal.body().contains("above_chance: AUC 0.5"), refusal::toString);
        done("DELETE", "/api/slots/echo/versions/4", "");
    }

    /** The first event's name, its data compared. */
    private String stream() throws IOException {
        asked.add("GET /api/stream");
        try (InputStream events =
                        URI.create(platform.base() + "/api/stream").toURL().openStream();
                var lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    JsonNode data = new ObjectMapper().readTree(line.substring("data:".length()));
                    wrong.addAll(contract.problems(contract.schema("Changed"), data));
                    return name;
                }
            }
            return "nothing";
        }
    }

    @Test
    void everyRefusalIsAmongTheDocumentedOnes() throws IOException, InterruptedException {
        for (var operation : contract.operations().entrySet()) {
            String[] parts = operation.getKey().split(" ", 2);
            if (Set.of("/api/stream", "/api/artefacts").contains(parts[1])) {
                continue;
            }
            boolean takesBody = operation.getValue().has("requestBody");
            for (String body : takesBody ? BROKEN : List.of("")) {
                for (String first : List.of("nosuch", "echo")) {
                    String path = parts[1].replaceFirst("\\{[^}]*}", first).replaceAll("\\{[^}]*}", "nosuch");
                    ask(parts[0], path, body);
                }
            }
        }
        ask("POST", "/api/artefacts", "");
        ask("POST", "/api/models/inspect", "no model");
        ask("GET", "/api/audit?limit=many", "");
        ask("POST", "/api/clock", "{\"time\": \"1999-01-01T00:00:00Z\"}");
        ask("POST", "/api/slots/echo/champion", "{\"version\": \"1\", \"expected\": \"9\", \"why\": \"seen\"}");
        String router = platform.get("/api/router").json().at("/report/id").asText();
        ask("POST", "/api/fleet/" + router + "/retire", "{}");
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        contract.operations().forEach((name, operation) -> {
            JsonNode content = contract.resolved(operation.path("requestBody")).path("content");
            if (content.has("application/json")) {
                JsonNode json = content.get("application/json");
                contract.problems(json.get("schema"), json.get("example"))
                        .forEach(problem -> wrong.add(name + ": " + problem));
            }
        });
        assertEquals(List.of(), wrong);
    }
}
