package dev.ringside.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringside.contract.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation that nothing was configured for answers its user, and nobody and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SafetyIT {
    private static final int PORT = 25470;
    private static final Duration ONE_COMMAND = Duration.ofMinutes(1);
    private static final String POSTGRES = "jdbc:postgresql://127.0.0.1:" + (PORT + 3) + "/postgres";
    private static final String KAFKA = "127.0.0.1:" + (PORT + 1);

    private Path folder;
    private Path data;
    private RunningPlatform platform;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        data = folder.resolve("data");
        platform = RunningPlatform.start(data, PORT);
        assertEquals(
                200, platform.put("/api/slots/echo", EchoModel.slot("echo")).status());
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private String secret(String name) throws IOException {
        return Files.readString(data.resolve("secrets").resolve(name)).strip();
    }

    private Application up(List<String> properties, String... more) throws IOException, InterruptedException {
        var arguments = new java.util.ArrayList<>(List.of("up"));
        arguments.addAll(List.of(more));
        Application command = Application.start(
                Files.createTempFile(folder, "up-", ".out"), properties, arguments.toArray(String[]::new));
        command.awaitExit(ONE_COMMAND);
        return command;
    }

    private static void assertRefusedInOneLine(Application refused, String words) throws IOException {
        assertEquals(2, refused.status(), refused.output());
        assertTrue(refused.output().contains(words), refused.output());
        assertEquals(1, refused.output().lines().count(), refused.output());
    }

    /** B2. */
    @Test
    @Order(1)
    void whatItKeepsIsForItsOwnerAlone() throws IOException {
        for (String name : List.of("", "secrets", "postgres", "kafka", "archive", "artefacts")) {
            assertEquals("rwx------", mode(data.resolve(name)), name);
        }
        assertEquals("rwx------", mode(Application.BINARIES));
        for (String name : List.of(
                "secrets/postgres-password", "secrets/kafka-password", "kafka/server.properties", "install.json")) {
            assertEquals("rw-------", mode(data.resolve(name)), name);
        }
    }

    /** B2. */
    @ParameterizedTest
    @ValueSource(strings = {"", "postgres", "wrong"})
    @Order(1)
    void postgresTakesNobodyWithoutThePassword(String password) throws Exception {
        var refused =
                assertThrows(SQLException.class, () -> DriverManager.getConnection(POSTGRES, "postgres", password));
        assertTrue(refused.getMessage().contains("password"), refused::getMessage);
        DriverManager.getConnection(POSTGRES, "postgres", secret("postgres-password"))
                .close();
    }

    /** B2. */
    @Test
    @Order(1)
    void kafkaTakesNobodyWithoutThePassword() throws Exception {
        Map<String, Object> open =
                Map.of("bootstrap.servers", KAFKA, "default.api.timeout.ms", 3000, "request.timeout.ms", 3000);
        try (Admin stranger = Admin.create(open)) {
            assertThrows(
                    ExecutionException.class,
                    () -> stranger.listTopics().names().get(10, TimeUnit.SECONDS));
        }
        var withPassword = new java.util.HashMap<>(open);
        withPassword.putAll(credentials());
        withPassword.put("default.api.timeout.ms", 20_000);
        try (Admin client = Admin.create(withPassword)) {
            assertTrue(client.listTopics().names().get(20, TimeUnit.SECONDS).contains("unit-events"));
        }
    }

    private Map<String, String> credentials() throws IOException {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ringside\" password=\""
                        + secret("kafka-password") + "\";");
    }

    /** B2. */
    @ParameterizedTest
    @CsvSource({
        "GET, /api/experiments, http://evil.example",
        "GET, /, http://evil.example",
        "POST, /api/slots/echo/champion, http://evil.example",
        "POST, /api/slots/echo/champion, null",
        "POST, /api/outcomes, http://127.0.0.1:3000",
        "POST, /v2/models/echo/infer, http://evil.example",
        "POST, /api/artefacts, https://evil.example"
    })
    @Order(2)
    void aPageOfAnotherOriginIsRefused(String method, String path, String origin) throws Exception {
        var answer = platform.send(platform.request(path)
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .build());
        assertTrue(answer.status() == 403 && answer.isError(), answer::toString);
        assertTrue(answer.body().contains("a page of " + origin + " may not ask this server"), answer::toString);
    }

    /** B2. */
    @Test
    @Order(2)
    void aPageOfItsOwnIsAnswered() throws Exception {
        for (String origin : List.of("http://127.0.0.1:" + PORT, "http://localhost:" + PORT)) {
            var answer = platform.send(
                    platform.request("/api/slots").header("Origin", origin).build());
            assertEquals(200, answer.status(), answer::toString);
        }
    }

    /** B2: as a page does whose own name has come to stand for this machine. */
    @ParameterizedTest
    @CsvSource({"evil.example:25470, 403", "evil.example, 403", "localhost:25470, 200", "[::1]:25470, 200"})
    @Order(2)
    void aForeignHostIsRefused(String host, int status) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            socket.getOutputStream()
                    .write(("GET /api/slots HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        }
    }

    /** B2. */
    @ParameterizedTest
    @CsvSource({
        "/api/slots/echo/champion, text/plain, 415",
        "/api/slots/echo/champion, application/x-www-form-urlencoded, 415",
        "/api/slots/echo/champion, multipart/form-data; boundary=x, 415",
        "/api/slots/echo/champion, , 415",
        "/api/outcomes, text/plain, 415",
        "/api/artefacts, text/plain, 415",
        "/api/artefacts, application/json, 415",
        "/api/artefacts, application/octet-stream, 201",
        "/api/outcomes, application/json; charset=utf-8, 400",
        "/v2/models/echo/infer, text/plain, 400",
        "/v2/models/echo/infer, , 400"
    })
    @Order(2)
    void aBodyThatDoesNotSayThatItIsJsonIsRefused(String path, String type, int status) throws Exception {
        var request = platform.request(path).POST(BodyPublishers.ofString("{\"version\": \"1\"}"));
        if (type != null) {
            request.header("Content-Type", type);
        }
        var answer = platform.send(request.build());
        assertEquals(status, answer.status(), answer::toString);
        assertTrue(status < 300 || answer.isError(), answer::toString);
    }

    /** What a command means for one data folder is done by no other installation that answers at its address. */
    @Test
    @Order(2)
    void whatIsMeantForAnotherInstallationIsRefusedBeforeItIsDone() throws Exception {
        String own = Json.read(Files.readString(data.resolve("install.json")), JsonNode.class)
                .path("id")
                .asText();
        for (String install : List.of(own, "AAAAAAAAAAAAAAAAAAAAAA")) {
            String slot = install.equals(own) ? "meant" : "not-meant";
            var answer = platform.send(platform.request("/api/slots/" + slot)
                    .header("X-Ringside-Install", install)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(EchoModel.slot(slot)))
                    .build());
            assertEquals(install.equals(own) ? 200 : 421, answer.status(), answer::toString);
        }
        var answer = platform.send(platform.request("/api/slots").build());
        assertTrue(answer.body().contains("\"meant\""), answer::toString);
        assertFalse(answer.body().contains("not-meant"), answer::toString);
    }

    /** B1, P15. */
    @ParameterizedTest
    @CsvSource({
        "25470, 25470, HTTP",
        "25469, 25479, gRPC",
        "25468, 25470, Kafka's controller",
        "25467, 25470, PostgreSQL",
        "25471, 25471, HTTP",
        "25472, 25472, HTTP",
        "25473, 25473, HTTP"
    })
    @Order(3)
    void aSecondInstallationOnOverlappingPortsIsRefusedBeforeItConnects(int base, int port, String use)
            throws Exception {
        Path other = folder.resolve("other-" + base);
        Application refused = up(List.of(), "--data-dir", other.toString(), "--port", Integer.toString(base));
        assertRefusedInOneLine(refused, "port " + port + " (" + use + ") is taken by process ");
        assertTrue(
                refused.output().contains("of the Ringside on data folder " + data)
                        || refused.output().contains("the Ringside on data folder " + data),
                refused.output());
        assertFalse(Files.exists(other.resolve("ports.json")), "it was announced");
        assertFalse(Files.exists(other.resolve("kafka").resolve("log")), "its Kafka was started");
    }

    /** Section 4. */
    @Test
    @Order(3)
    void anotherAddressThanTheLoopbackNeedsAuthentication() throws Exception {
        for (String host : List.of("0.0.0.0", "::")) {
            Application refused = up(
                    List.of("-Dquarkus.http.host=" + host),
                    "--data-dir",
                    folder.resolve("open").toString(),
                    "--port",
                    "25870");
            assertRefusedInOneLine(refused, "ringside auth create-key --role operator");
        }
    }

    /** B8. */
    @Test
    @Order(4)
    void aFileThatNamesAddressesIsHonoured() throws Exception {
        var lines = new StringBuilder(
                "kafka.bootstrap.servers=" + KAFKA + "\nringside.platform.serving-url=" + platform.base() + "\n");
        credentials().forEach((key, value) -> lines.append("kafka." + key + "=" + value + "\n"));
        Path file = Files.writeString(folder.resolve("addresses.properties"), lines);
        Path elsewhere = folder.resolve("elsewhere");
        try (RunningPlatform router = RunningPlatform.starting(
                elsewhere, PORT + 100, PORT + 104, "--role", "router", "--config", file.toString())) {
            router.await("told of the slot", () -> router.get("/v2/models/echo").status() == 200);
            platform.await(
                    "known",
                    () -> platform.get("/api/fleet").json().findValuesAsText("role").stream()
                                    .filter("router"::equals)
                                    .count()
                            == 2);
            router.application().terminate();
            router.application().awaitExit(ONE_COMMAND);
        }
    }

    /** B14. */
    @Test
    @Order(5)
    void aFolderRemembersItsClock() throws Exception {
        platform.application().terminate();
        platform.application().awaitExit(ONE_COMMAND);
        Application refused = up(
                List.of("-Dringside.clock=request"), "--data-dir", data.toString(), "--port", Integer.toString(PORT));
        assertRefusedInOneLine(refused, "start with RINGSIDE_CLOCK=wall, or name another folder");
        assertEquals(List.of(), platform.processes(""), "left running");
    }
}
